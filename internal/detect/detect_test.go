package detect

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

func scan(v string) *Counts {
	d := New(Words{Given: []string{"aino", "matti", "astrid"}, Family: []string{"virtanen", "mäkinen", "kallio"}, Streets: []string{"katu", "tie", "gatan"}})
	var c Counts
	d.Scan([]byte(v), ClassOf([]byte(v)), &c, 1)
	return &c
}

func TestKinds(t *testing.T) {
	for v, want := range map[string]string{
		// Personal identity codes: the example of the authority, all signs of the
		// century, lower case; a wrong check character is shaped only.
		"131052-308T": "hetu", "131052+308T": "hetu", "131052A308T": "hetu", "131052B308T": "hetu", "131052C308T": "hetu", "131052D308T": "hetu",
		"131052E308T": "hetu", "131052F308T": "hetu", "131052Y308T": "hetu", "131052X308T": "hetu", "131052W308T": "hetu", "131052V308T": "hetu",
		"131052U308T": "hetu", "131052a308t": "hetu", "010190-999K": "hetu shaped", "131052-308A": "hetu shaped", "131052G308T": "", "321052-308T": "",
		"Asiakas 131052-308T soitti": "hetu inside", "x131052-308T": "", "131052-308TT": "",
		"0101263-6": "business_id", "0101263-7": "business_id shaped", "FI01012636": "business_id",
		"aino.virtanen@kaupunki.example": "email", "vastaa aino@kaupunki.example heti": "email inside", "a@b": "", "ääni@esimerkki.fi": "email",
		"040 123 4567": "phone", "+358 40 1234567": "phone", "0401234567": "phone", "09-310 1234": "phone", "(09) 310 1234": "phone", "2024-05-31": "",
		"1234567890": "phone shaped", "soita 040 1234567": "phone inside", "12345678": "phone shaped",
		"FI2112345600000785": "iban", "FI21 1234 5600 0007 85": "iban", "FI2112345600000786": "iban shaped", "GB82WEST12345698765432": "iban",
		"tili FI2112345600000785 kiitos": "iban inside",
		"ABC-123":                        "plate", "AB-1": "plate", "ABC-012": "", "abc-123": "plate", "abc123": "plate", "ABC 123": "plate", "ab1": "", "ABCD-12": "", "a 12": "", "ABC 1234": "",
		"192.168.1.20": "ip", "10.2.3.141": "ip", "10.2.3.41": "ip shaped", "999.1.1.1": "ip shaped", "1.2.2024": "", "2001:db8::1": "ip", "12:30:00": "",
		"00:1B:44:11:3A:B7": "mac", "00-1b-44-11-3a-b7": "mac", "001b.4411.3ab7": "mac", "0011.4411.3007": "mac", "001b.4411.3ab": "", "001b.4411-3ab7": "",
		"d41d8cd98f00b204e9800998ecf8427e": "hash", "550e8400-e29b-41d4-a716-446655440000": "token",
		"00000": "postal_code shaped", "123": "", "00100 HELSINKI": "postal_code", "65100 Vaasa": "postal_code", "00100": "postal_code", "00100  7": "", "00100 h": "",
		"Mannerheimintie 12 B 3": "address", "Storgatan 5": "address", "Esimerkki 5": "", "katu 5": "",
		"Aino": "name", "Kallio": "name", "Helsinki": "name shaped", "aino": "", "Matti Esimerkki": "full_name", "Kallio Helsinki": "full_name shaped",
		"AINO VIRTANEN": "full_name", "Mäkinen, Matti": "full_name",
		"12.5": "", "": "",
		// Random keys, and codes that people make.
		"sk_live_4eC39HqLyjWDarjtT1zdp7dc": "token", "9f8h2k4j6m1n3b5v7c9x0z2q4w": "token", "01J9ZQ8X7K3M5N2P4R6T8V0W1Y": "token",
		"dGhpcyBpcyAzMiBieXRlcyBsb25nISEhMTIzNDU2Nzg5MA==": "token", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U": "token",
		"$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW": "hash", "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08": "hash",
		"KaupunkikehityslautakunnanPoytakirja112_20250102v3": "", "hakemus-katu-valo-talvi-2026": "", "/arkisto/2026/liite_12.pdf": "", "SKU-ABCD-123456-EF-7890": "",
		// Positions in one value.
		"60.17116, 24.93266": "coordinate", "24.93266;60.17116": "coordinate", "POINT (24.93 60.17)": "coordinate", "POINT Z (384000.5 6672000.25 12.0)": "coordinate",
		"63°05.123'N": "coordinate", "60°10'30\"N 24°56'E": "coordinate", "60.1, 24.9": "", "1234.5678, 24.9326": "", "60.17116, 24.93266, 3": "",
	} {
		c, got := scan(v), ""
		for k := range Given { // given and family names are counted as names too
			switch n := c[k]; {
			case n.Valid > 0:
				got += k.String()
			case n.Shaped > 0:
				got += k.String() + " shaped"
			case n.Inside > 0:
				got += k.String() + " inside"
			}
		}
		if got != want {
			t.Errorf("%q: %q, want %q", v, got, want)
		}
	}
}

// What stands within a text is found in all cases; what only looks like it is not.
func TestTexts(t *testing.T) {
	d := New(Words{Given: []string{"maija", "matti", "anna", "toivo", "bo"}, Family: []string{"virtanen", "lehto", "mäki", "holmberg", "räty", "salo"},
		Also: []string{"anna", "toivo"}, Streets: []string{"katu", "tie", "gatan", "ranta"}, NameCues: []string{"rouva", "terv", "t", "asiakas"},
		PlateCues: []string{"auto", "bil"}, NotNames: []string{"oy"}})
	for v, want := range map[string]string{
		"soitti Maija Virtanen eilen": "name", "Puhuttu Maija Virtasen kanssa": "name", "lähetetty Maija Lehdolle": "name", "Matti Mäen luona": "name",
		"kysytty Maija Holmbergiltä, odotetaan": "name", "Maija Rädystä puhuttiin": "name", "hos Bo Holmbergs mamma": "name", "Virtanen, Maija kävi": "name",
		"M. Virtasen hakemus": "name", "rouva Salon luona": "name", "kiitos. Terv. Maija": "name", "t. Matti": "name", "Marja-Liisa tuli": "",
		"tuli Maija-Liisa Tuntematon": "name", "Asiakas Ifrah Osman soitti": "name", "Asiakas Helsingin Energia soitti": "", "Maija Tuntematon soitti": "name",
		"HAKIJA MAIJA VIRTANEN EI TULLUT": "name", "Toivo Paremmasta elää": "", "Anna Palautetta tästä": "", "ja Anna Virtanen tuli": "name", "Maija Oy laskutti": "",
		"Virtanen soitti eilen": "", "maija virtanen soitti": "", "Helsingin Salo on kaukana": "", "Maija soitti": "", "Maija. Virtanen": "",
		"asun nyt täällä, osoite Hämeentie 12 A 3": "address", "roskat jäivät Hämeentiellä 12": "address", "jag bor nu på den här Storgatan 5": "address", "Hämeentien 5 kohdalla": "address",
		"kokous Hämeentie 1.5. alkaen": "", "remontti Hämeentie 2026 alkaa": "", "kun katu 5 suljettiin": "", "Bussi 12 ajoi ohi": "",
		"valkoinen auto ABC-123 pihalla": "plate", "min röda bil, ABC-12": "plate", "bil som är mycket röd, ABC-12": "", "tuote ABC-123 puuttuu": "", "auto on ABC-123": "plate", "auto ABC-0123": "",
		"Call +358501234567 before noon": "phone", "Hetuni on 050155-9019.": "hetu",
	} {
		var c Counts
		d.Scan([]byte(v), ClassOf([]byte(v)), &c, 1)
		got := ""
		for k := range Kinds {
			if c[k].Inside > 0 {
				got += k.String()
			}
		}
		if got != want {
			t.Errorf("%q: %q, want %q", v, got, want)
		}
	}
}

// randomHetu makes a valid personal identity code.
func randomHetu(r *rand.Rand) []byte {
	signs := "+-YXWVUABCDEF"
	day := 1 + r.IntN(28)
	v := fmt.Sprintf("%02d%02d%02d%c%03d", day, 1+r.IntN(12), r.IntN(100), signs[r.IntN(len(signs))], 2+r.IntN(898))
	return append([]byte(v), hetuCheck[(number([]byte(v[:6]))*1000+number([]byte(v[7:])))%31])
}

// No change of a single digit goes unnoticed, since 31 is a prime above 10.
func TestHetuSubstitution(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for range 200 {
		v := randomHetu(r)
		if !hetuShaped(v) || !validHetu(v) {
			t.Fatalf("%s is refused", v)
		}
		for _, i := range []int{0, 1, 2, 3, 4, 5, 7, 8, 9} {
			for d := byte('0'); d <= '9'; d++ {
				if d == v[i] {
					continue
				}
				w := append([]byte(nil), v...)
				w[i] = d
				if hetuShaped(w) && validHetu(w) {
					t.Fatalf("%s is taken for %s", w, v)
				}
			}
		}
	}
}

// Random values of the right shape are valid as often as the check allows. These
// are the rates of docs/describe.md.
func TestFalsePositiveRates(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	digits := func(n int) string {
		b := make([]byte, n)
		for i := range b {
			b[i] = byte('0' + r.IntN(10))
		}
		return string(b)
	}
	for _, x := range []struct {
		kind Kind
		make func() string
	}{
		{Hetu, func() string {
			return fmt.Sprintf("%02d%02d%s-%03d%c", 1+r.IntN(28), 1+r.IntN(12), digits(2), 2+r.IntN(998), hetuCheck[r.IntN(31)])
		}},
		{BusinessID, func() string { return digits(7) + "-" + digits(1) }},
		{IBAN, func() string { return "FI" + digits(16) }},
		{Phone, func() string { return digits(10) }},
	} {
		const n = 200_000
		d := New(Words{})
		var c Counts
		for range n {
			v := []byte(x.make())
			d.Scan(v, ClassOf(v), &c, 1)
		}
		got := float64(c[x.kind].Valid) / float64(c[x.kind].Shaped)
		// Of eleven remainders one is never given, so nine digits hit a little less.
		want := x.kind.Chance()
		if x.kind == Phone {
			want = 0.011 // 04 and 050 of all beginnings
		}
		if c[x.kind].Shaped != n || math.Abs(got-want) > 0.002 {
			t.Errorf("%v: %d shaped, %.4f of them valid, want %.4f", x.kind, c[x.kind].Shaped, got, want)
		}
	}
}

func TestRead(t *testing.T) {
	for v, want := range map[string]string{
		"12": "1", "-5": "1", "007": "1 zero", "1.5": "2/1", "1,25": "3/2", "1.2.3": "0", "abc": "0", "true": "4", "kyllä": "4",
		"2024-05-31": "5 3", "2024-05": "5 2", "2024-13-01": "0", "31.5.2024": "5 3", "31.13.2024": "0", "05/31/2024": "5 3", "31/05/2024": "5 3",
		"2024-05-31T12:30:15": "6 6", "2024-05-31 12:30": "6 5", "31.5.2024 12.00": "6 4", "2024-05-31T00:00:00Z": "6 3", "12:30": "7 5", "25:99": "0",
		"10/02/2012 11:00:00 PM": "6 4", "18.09.97": "5 3", "18.09.97 12.15": "6 5", "12.2.55": "0", "2.11.20": "0", "31.02.26": "0", "18.09.197": "0", ".": "0", "-": "0", "1.": "0", "5,": "0",
	} {
		var x Value
		x.Read([]byte(v), ClassOf([]byte(v)))
		got := fmt.Sprint(x.Type)
		switch {
		case x.LeadingZero:
			got += " zero"
		case x.Decimals > 0:
			got += fmt.Sprint("/", x.Decimals)
		case x.Precision > 0:
			got += fmt.Sprint(" ", x.Precision)
		}
		if got != want {
			t.Errorf("%q: %q, want %q", v, got, want)
		}
	}
}

// Whatever a value is, looking at it does not panic.
func FuzzScan(f *testing.F) {
	for _, s := range []string{"131052-308T", "FI2112345600000785", "aino@example.org", "31.5.2024 12.00", "Matti Virtanen", "+", "0", "0-", "(", "00:1B:44:11:3A:B7",
		"Puhuttu Aino Virtasen kanssa, auto ABC-123", "Hämeentiellä 12", "A. Virtanen", "sk_live_4eC39HqLyjWDarjtT1zdp7dc", "60.17116, 24.93266", "63°05.123'N", "ÄÄ-Ö å", "t. Ä"} {
		f.Add([]byte(s))
	}
	d := New(Words{Given: []string{"aino", "å"}, Family: []string{"virtanen", "mäki"}, Streets: []string{"tie"}, NameCues: []string{"t"}, PlateCues: []string{"auto"}, NotNames: []string{"oy"}})
	f.Fuzz(func(t *testing.T, v []byte) {
		if len(v) == 0 {
			return
		}
		var c Counts
		class := ClassOf(v)
		d.Scan(v, class, &c, 1)
		new(Value).Read(v, class)
		for k, n := range c {
			if n.Valid > n.Shaped || n.Shaped > 1 || n.Inside > 1 {
				t.Errorf("%v: %+v of one value", Kind(k), n)
			}
		}
	})
}
