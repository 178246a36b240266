package tables

import (
	"encoding/base64"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// texts makes cells of sentences in one language, of which a share tells
// something of a person.
func texts(language string, share float64) maker {
	return func(r *row) cell {
		c := cell{holds: []Kind{FreeText}}
		var parts []string
		for i := range 2 + r.IntN(3) {
			s := r.sentence(language, i == 0 && r.Float64() < share)
			parts = append(parts, s.Text)
			c.holds = append(c.holds, s.Holds...)
			c.told = append(c.told, s.Told...)
		}
		if r.IntN(2) == 0 {
			parts[0], parts[len(parts)-1] = parts[len(parts)-1], parts[0]
		}
		c.text = strings.Join(parts, " ")
		return c
	}
}

// Names of the second city, most of which are no frequent ones.
var (
	secondGiven  = of(Name, func(r *row) string { return pick(r, givenStems...).name })
	secondFamily = of(Name, func(r *row) string { return pick(r, familyStems...).name })
	secondSv     = of(Name, func(r *row) string { return pick(r, familyNordic...) + ", " + pick(r, givenNordic...) })
	world        = of(Name, func(r *row) string { return pick(r, givenWorld...) + " " + pick(r, familyWorld...) })
	signed       = of(Name, func(r *row) string {
		return pick(r, familyStems...).name + " " + string([]rune(pick(r, givenStems...).name)[:1])
	})
)

const (
	base62  = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
	base36  = "abcdefghijklmnopqrstuvwxyz0123456789"
	crocks  = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	plateAZ = "ABCEFGHIJKLMNOPRSTUVXYZ"
)

func base64Of(r *row, n int) string {
	return base64.StdEncoding.EncodeToString([]byte(r.from(base62, n)))
}

// Random keys as systems write them.
var (
	apiKey = of(Token, func(r *row) string { return "sk_live_" + r.from(base62, 24) })
	bearer = of(Token, func(r *row) string { return r.from(base62, 40) })
	jwt    = of(Token, func(r *row) string {
		return "eyJ" + r.from(base62, 33) + "." + r.from(base62, 60) + "." + r.from(base62+"-_", 43)
	})
	session = of(Token, func(r *row) string { return r.from(base36, 26) })
	ulid    = of(Token, func(r *row) string { return "01J" + r.from(crocks, 23) })
	encoded = of(Token, func(r *row) string { return base64Of(r, 32) })
	salted  = of(Hash, func(r *row) string { return "$2b$12$" + r.from(base62+"./", 53) })
	marked  = of(Hash, func(r *row) string { return "sha256:" + r.from(hexDigits, 64) })
	short   = of(Hash, func(r *row) string { return strings.ToUpper(r.from(hexDigits, 40)) })
)

// grid makes a coordinate of ETRS-TM35FIN or of a zone of ETRS-GK.
func grid(centre, width float64, places int) maker {
	return of(Coordinate, func(r *row) string { return strconv.FormatFloat(centre+(r.Float64()-0.5)*width, 'f', places, 64) })
}

// second are the files of the second city.
func second() []*sheet {
	return append(append(secondPeople(), secondThings()...), secondCounts()...)
}

// secondPeople are files that have something of people in them.
func secondPeople() []*sheet {
	return []*sheet{
		{file: "kotihoito_kirjaukset.csv", rows: 260, encoding: "utf-8-bom", quoted: true, about: "notes of home care, names in all cases",
			columns: []column{col("kirjaus", counting("%d", 9001)), col("aika", when(isoTime, 2026, 2026)), col("teksti", texts("fi", 0.5)), col("tyyppi", one("käynti", "puhelu", "muu"))}},
		{file: "asiakaspalvelu_chat.csv", rows: 240, comma: '\t', newline: "\n", about: "a chat in Finnish where few tell anything",
			columns: []column{col("id", counting("c%06d", 1)), col("viesti", texts("fi", 0.06)), col("kesto_s", number(20, 900))}},
		{file: "klientanteckningar.csv", rows: 220, encoding: "windows-1252", about: "notes in Swedish",
			columns: []column{col("Nr", counting("%d", 1)), col("Anteckning", texts("sv", 0.4)), col("Datum", when(iso, 2026, 2026))}},
		{file: "feedback_en.csv", rows: 160, comma: ',', newline: "\n", about: "comments in English",
			columns: []column{col("ticket", counting("T%05d", 1)), col("comment", texts("en", 0.3)), col("score", number(1, 5))}},
		{file: "huoltoloki.csv", rows: 300, about: "a log of maintenance: texts that tell nothing of people",
			columns: []column{col("Työ", counting("H-%d", 400)), col("Selostus", texts("fi", 0)), col("Tunnit", decimal(9, 1, ""))}},
		{file: "protokoll.csv", rows: 180, about: "texts in Swedish that tell nothing of people",
			columns: []column{col("Punkt", number(1, 40)), col("Text", texts("sv", 0))}},
		{file: "osallistujat.csv", rows: 220, encoding: "windows-1252", about: "given and family names in columns of their own",
			columns: []column{col("Etunimi", secondGiven), col("Sukunimi", secondFamily), col("Ilmoittautunut", when(finnish, 2026, 2026)), col("Ruokavalio", one("", "kasvis", "gluteeniton"))}},
		{file: "deltagare.xlsx", rows: 120, about: "a workbook in Swedish: family name, comma, given name",
			columns: []column{col("Deltagare", secondSv), col("Ålder", age), col("Kurs", one("Keramik", "Vävning", "Finska 1"))}},
		{file: "export_a.csv", rows: 240, comma: ',', newline: "\n", about: "names in columns whose names say nothing",
			columns: []column{col("c1", counting("%d", 5)), col("c2", secondFamily), col("c3", secondGiven), col("c4", world), col("c5", postal), col("c6", plate), col("c7", when(compact, 2019, 2026))}},
		{file: "kasittelijat.csv", rows: 150, about: "who handled it: a family name and a letter",
			columns: []column{col("Asia", counting("A-%d", 77)), col("Käsittelijä", signed), col("Tila", one("avoin", "valmis"))}},
		{file: "jasenet_ilman_otsikkoa.csv", rows: 200, bare: true, about: "no names of columns: names apart, a postal code, a plate",
			columns: []column{col("", secondGiven), col("", secondFamily), col("", address), col("", anyPostal), col("", one("LUGNVIK", "SUVANTOLA", "KOKKOLA")), col("", plate), col("", born(finnish))}},
		{file: "syntymatiedot.csv", rows: 140, about: "a column named as one of dates of birth that holds places, and one that holds years",
			columns: []column{col("Syntymäaika ja -paikka", one("Vaasa", "Oulu", "ei tiedossa", "Helsinki")), col("Syntymäaika", filled(0.3, one("ei tiedossa", "salattu"))), col("Nimi", full)}},
		{file: "rokotukset.csv", rows: 260, comma: ',', newline: "\n", born: [2]int{1930, 2024}, about: "compact dates, of a birth among them",
			columns: []column{col("annettu", when(compact, 2021, 2026)), col("syntpvm", born(compact)), col("valmiste", one("A-21", "B-3", "C")), col("era", plain(func(r *row) string { return r.from(capitals, 2) + r.digits(4) }))}},
		{file: "kulunvalvonta.log", rows: 400, comma: ' ', bare: true, newline: "\n", about: "a log with blanks between",
			columns: []column{col("", when(isoZone, 2026, 2026)), col("", publicIP), col("", one("OPEN", "DENY", "CLOSE")), col("", plain(func(r *row) string { return "ovi-" + strconv.Itoa(1+r.IntN(40)) })), col("", mac), col("", number(0, 9))}},
		{file: "mittarit.dat", rows: 300, comma: ' ', newline: "\n", about: "measurements with blanks between and names of columns",
			columns: []column{col("pvm", when(iso, 2026, 2026)), col("klo", plain(func(r *row) string { return fmt.Sprintf("%02d:%02d", r.IntN(24), r.IntN(60)) }), Time), col("asema", one("A1", "A2", "B7")), col("arvo", plain(func(r *row) string { return fmt.Sprintf("%.2f", r.Float64()*40) }))}},
		{file: "laitteet_v6.csv", rows: 160, comma: ',', newline: "\n", about: "names of columns with capitals within",
			columns: []column{col("deviceName", counting("ap-%03d", 1)), col("IPv6", ipv6), col("IPv4Osoite", ipv4), col("wifiMAC", macDash), col("lastSeen", when(isoZone, 2026, 2026))}},
		{file: "rajapinta_avaimet.csv", rows: 120, comma: ',', newline: "\n", about: "keys of interfaces",
			columns: []column{col("client", one("kartta", "varaus", "lasku")), col("apiKey", apiKey), col("access_token", jwt), col("created", when(isoZone, 2025, 2026))}},
		{file: "kirjautumiset.csv", rows: 260, about: "sessions and digests under names that say nothing",
			columns: []column{col("a", session), col("b", marked), col("c", ulid), col("d", encoded), col("e", when(isoTime, 2026, 2026))}},
		{file: "tunnukset.csv", rows: 150, comma: ',', newline: "\n", about: "digests of passwords and of addresses",
			columns: []column{col("uid", counting("%d", 1000)), col("pw", salted), col("mail_sha1", short), col("remember", bearer)}},
		{file: "lastensuojelu.ndjson", rows: 120, born: [2]int{2008, 2024}, about: "lines of JSON with notes",
			columns: []column{col("code", hetu), col("note", texts("fi", 0.7)), col("when", when(isoTime, 2026, 2026))}},
	}
}

// secondThings are files about things and places.
func secondThings() []*sheet {
	product := plain(func(r *row) string { return pick(r, "ABC", "XKL", "TRM") + "-" + fmt.Sprintf("%03d", r.IntN(1000)) })
	return []*sheet{
		{file: "kaivannot.csv", rows: 180, about: "coordinates of a zone, named P and I",
			columns: []column{col("tunnus", counting("KV%04d", 1)), col("P", grid(6672300, 9000, 2)), col("I", grid(25496800, 12000, 2)), col("syvyys", decimal(4, 1, ""))}},
		{file: "liikennemerkit.csv", rows: 260, comma: ',', newline: "\n", about: "the grid of the country, named a and b",
			columns: []column{col("id", counting("%d", 1)), col("a", grid(384000, 9000, 1)), col("b", grid(6673200, 7000, 1)), col("merkki", one("361", "372", "521"))}},
		{file: "kivet.csv", rows: 150, comma: ',', newline: "\n", about: "degrees, named k1 and k2",
			columns: []column{col("kivi", counting("S%03d", 1)), col("k1", grid(60.2, 0.1, 6)), col("k2", grid(24.9, 0.3, 6)), col("paino_t", decimal(9, 1, ""))}},
		{file: "havainnot.csv", rows: 140, comma: ',', newline: "\n", about: "a pair of degrees in a cell of its own",
			columns: []column{col("laji", skewed(trees...)), col("paikka", of(Coordinate, func(r *row) string { return fmt.Sprintf("%.5f, %.5f", 60+r.Float64()*9, 21+r.Float64()*8) })), col("pvm", when(iso, 2026, 2026))}},
		{file: "saamittaukset.csv", rows: 400, comma: ',', newline: "\n", about: "measured figures in the range of degrees, which are none",
			columns: []column{col("asema", one("A", "B", "C")), col("kosteus", plain(func(r *row) string { return fmt.Sprintf("%.1f", 60+r.Float64()*9) })), col("lampotila", plain(func(r *row) string { return fmt.Sprintf("%.1f", 20+r.Float64()*9) })),
				col("t", when(isoZone, 2026, 2026))}},
		{file: "hinnat_litra.csv", rows: 300, about: "prices with three decimals",
			columns: []column{col("asema", one("Neste", "Shell", "ABC")), col("diesel_snt", plain(func(r *row) string { return fmt.Sprintf("%.3f", 60+r.Float64()*9) })), col("bensa_snt", plain(func(r *row) string { return fmt.Sprintf("%.3f", 20+r.Float64()*11) })), col("n", number(1, 9))}},
		{file: "sopimussummat.csv", rows: 200, about: "large sums in the range of metres, which are none",
			columns: []column{col("sopimus", counting("S-%d", 10)), col("arvo", plain(func(r *row) string { return strconv.Itoa(int(math.Exp(11 + 5*r.Float64()))) })), col("optio", plain(func(r *row) string { return strconv.Itoa(50000 + r.IntN(700000)) }))}},
		{file: "varaosakoodit.csv", rows: 400, about: "codes of parts in the form of plates",
			columns: []column{col("koodi", product), col("hylly", plain(func(r *row) string { return r.from("ABC", 2) + "-" + strconv.Itoa(1+r.IntN(40)) })), col("saldo", number(0, 900))}},
		{file: "kustannuspaikat.csv", rows: 180, about: "numbers of five digits that are no postal codes",
			columns: []column{col("kp", number(10000, 99999)), col("mittari", plain(func(r *row) string { return fmt.Sprintf("%05d", r.IntN(100000)) })), col("laskutettu", decimal(9000, 2, ""))}},
		{file: "toimipaikat.csv", rows: 130, about: "postal codes of offices under a name that says nothing",
			columns: []column{col("toimipaikka", one(facilities...), Name), col("pnro5", postal), col("sarake3", anyPostal), col("puh", landline)}},
		{file: "asiakirjat.csv", rows: 200, about: "long words and numbers of files that are no random keys",
			columns: []column{col("tiedosto", plain(func(r *row) string {
				return pick(r, "Kaupunkikehityslautakunnan", "Elinvoimalautakunnan", "Sivistysvaliokunnan") + pick(r, "Poytakirja", "Esityslista", "Liiteluettelo") + strconv.Itoa(1+r.IntN(300)) + "_" + r.date(2020, 2026).Format(compact) + "v" + strconv.Itoa(r.IntN(9))
			})), col("polku", plain(func(r *row) string {
				return "/arkisto/2026/" + pick(r, areas...)[3:] + "/" + pick(r, titles...) + ".pdf"
			})), col("oid", plain(func(r *row) string { return "1.2.246.562.10." + r.digits(11) })), col("viite", plain(func(r *row) string { return "RF" + r.digits(2) + r.digits(14) }))}},
		{file: "tilausnumerot.csv", rows: 260, comma: ',', newline: "\n", about: "running numbers and numbers of eight digits",
			columns: []column{col("tilaus", counting("%d", 20260101)), col("asiakas", plain(func(r *row) string { return r.digits(8) })), col("tuote", plain(func(r *row) string { return "SKU-" + r.from(capitals, 4) + "-" + r.digits(6) })), col("slug", plain(func(r *row) string {
				return "hakemus-" + pick(r, plainWords...) + "-" + pick(r, plainWords...) + "-2026"
			}))}},
		{file: "ajoneuvokalusto.csv", rows: 110, about: "plates of the city's cars under a short name",
			columns: []column{col("rek", plate), col("laji", one("paku", "auto", "traktori")), col("km", number(2000, 300000))}},
		{file: "kalenteri_2026.csv", rows: 365, comma: ',', newline: "\n", about: "a calendar with compact dates without a telling name",
			columns: []column{col("d", when(compact, 2026, 2026)), col("viikko", number(1, 53)), col("arki", one("0", "1"))}},
		{file: "ruokalista.csv", rows: 60, about: "meals: capitalised words that are no names",
			columns: []column{col("Päivä", one("Maanantai", "Tiistai", "Keskiviikko", "Torstai", "Perjantai")), col("Ruoka", one("Lohikiusaus", "Pinaattilätyt", "Makaronilaatikko", "Hernekeitto", "Janssonin Kiusaus", "Karjalan Paisti", "Kasvispihvit")), col("Lisuke", one("Perunat", "Riisi", "Salaatti"))}},
		{file: "kuvataide.csv", rows: 90, about: "works with names of people in them, which are no people of the file",
			columns: []column{col("Teos", one("Aino ja Väinö", "Lemminkäisen äiti", "Matti ja Teppo", "Elsa", "Kesäyö"), Name), col("Tekniikka", one("öljy", "pronssi", "grafiikka")), col("Vuosi", number(1890, 2020))}},
		{file: "paikannimet.csv", rows: 160, comma: ',', newline: "\n", about: "names of places, some of which are family names",
			columns: []column{col("nimi", one("Salo", "Lahti", "Ranta", "Kangas", "Niemi", "Kallio", "Mäkelä", "Koskela", "Isosuo", "Hanhikoski", "Vuorenpää", "Iso Mustajärvi"), Name), col("tyyppi", one("talo", "kylä", "järvi")), col("kunta", municipality)}},
		{file: "aukiolot.ndjson", rows: 80, about: "lines of JSON without anything of people",
			columns: []column{col("paikka", one(facilities...), Name), col("auki", one("8-16", "10-18", "suljettu")), col("www", one("https://lugnvik.example/a", "https://lugnvik.example/b"))}},
	}
}

// secondCounts are tables of figures, with totals in all places.
func secondCounts() []*sheet {
	return []*sheet{
		{file: "vaesto_pitka.csv", rows: 240, encoding: "windows-1252", titles: []string{"Väestö"}, total: "SSS", about: "codes of totals",
			columns: []column{col("alue", plain(func(r *row) string { return areas[r.n%len(areas)] })), col("vuosi", plain(func(r *row) string { return strconv.Itoa(1997 + r.n/8) })), col("lkm", number(0, 900))}},
		{file: "befolkning.csv", rows: 40, total: "Sammanlagt:", subtotal: 10, about: "Swedish, sums after each ten rows and at the end",
			columns: []column{col("Område", plain(func(r *row) string { return places[r.n%len(places)] }), Name), col("Kvinnor", number(0, 400)), col("Män", number(0, 400))}},
		{file: "budget.csv", rows: 60, comma: ',', newline: "\n", total: "Grand total", notes: []string{"Source: finance department", "* preliminary"}, blank: true, about: "English, a grand total and notes",
			columns: []column{col("Item", plain(func(r *row) string { return "Item " + strconv.Itoa(r.n+1) })), col("2025", number(100, 90000)), col("2026", number(100, 90000))}},
		{file: "laskutus_kuukausi.xlsx", rows: 48, subtotal: 12, about: "a workbook with sums of a year",
			columns: []column{col("Kuukausi", plain(func(r *row) string { return fmt.Sprintf("%d/%d", r.n%12+1, 2022+r.n/12) })), col("Laskuja", number(100, 900)), col("Euroa", decimal(90000, 2, ""))}},
		{file: "tuntikirjaus.csv", rows: 150, total: "Tunnit yhteensä", about: "a label that ends with the word",
			columns: []column{col("Projekti", one("Silta", "Koulu", "Verkko")), col("Vko", number(1, 52)), col("h", decimal(60, 1, ""))}},
		{file: "kysely_jakaumat.csv", rows: 36, total: "Kaikki vastaajat", about: "a total without a word for totals",
			columns: []column{col("Ikäryhmä", one("18-29", "30-44", "45-64", "65+")), col("n", number(10, 300)), col("%", decimal(40, 1, ""))}},
		{file: "palvelupaketit.csv", rows: 80, about: "a word for totals that is the name of a product",
			columns: []column{col("paketti", one("Total", "Perus", "Plus")), col("asiakas", firm, Name), col("hinta", decimal(90, 2, ""))}},
	}
}
