package facts

import (
	"slices"
	"testing"

	"puntari/internal/checklist"
)

func TestWords(t *testing.T) {
	for name, want := range map[string][]string{
		"asiakasNro_Hlö":         {"asiakas", "nro", "hlo"},
		"HenkilöTunnus":          {"henkilo", "tunnus"},
		"first name":             {"first", "name"},
		"SSN":                    {"ssn"},
		"XMLHttpId":              {"xml", "http", "id"},
		"IPv6":                   {"ipv6"},
		"IPv4Osoite":             {"ipv4", "osoite"},
		"URLs":                   {"urls"},
		"förnamn.efternamn/2024": {"fornamn", "efternamn", "2024"},
		"__":                     nil,
		"":                       nil,
	} {
		if got := Words(name); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

func TestColumnNames(t *testing.T) {
	c, err := checklist.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	names := NewColumnNames(&c.Lexicon)
	for name, want := range map[string]string{
		"hetu": "direct_identifier", "asiakkaan_henkilötunnus": "direct_identifier", "firstName": "direct_identifier",
		"Sukunimi": "direct_identifier", "personnummer": "direct_identifier", "patient_id": "pseudonymous_key",
		"material": "", "street_name": "", "nimi_fi": "", "latitude": "", "postinumero": "", "asennusvuosi": "", "id": "",
	} {
		got := ""
		if e := names.Find(name); e != nil {
			got = e.Role
		}
		if got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestDurationDays(t *testing.T) {
	for s, want := range map[string]float64{"P1D": 1, "PT0S": 0, "P1Y2M": 425, "P2W": 14, "PT12H": 0.5, "P1DT12H": 1.5} {
		if got, ok := durationDays(s); !ok || got != want {
			t.Errorf("%s: %v %v, want %v", s, got, ok, want)
		}
	}
	for _, s := range []string{"", "P", "1D", "P1", "PD", "P1H", "PT1D", "P1DT1HT1S", "P-1D"} {
		if got, ok := durationDays(s); ok {
			t.Errorf("%q is %v days", s, got)
		}
	}
}

func TestOpenList(t *testing.T) {
	s := space(t)
	f := s.Index("security.assetClasses")
	x := &s.Facts[f]
	st := x.listed([]string{"hospital", "unknown"})
	if st.Yes != x.Bit("hospital")|x.Bit("asset") || st.No != 0 {
		t.Errorf("a list that may hold more excludes %v", x.NamesOf(st.No))
	}
	st = x.listed([]string{"none"})
	if st.Yes != x.Bit("none") || st.No != x.All()&^x.Bit("none") {
		t.Errorf("a list of none has %v and excludes %v", x.NamesOf(st.Yes), x.NamesOf(st.No))
	}
}

func space(t *testing.T) *Space {
	t.Helper()
	c, err := checklist.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	s, err := NewSpace(c)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
