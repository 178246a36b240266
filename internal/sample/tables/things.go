package tables

import (
	"fmt"
	"strconv"
	"strings"
)

// things are the registers of things, money and events, in which much looks
// like an identifier and is none.
func things() []*sheet {
	return []*sheet{
		{file: "laskut_2025.csv", rows: 450, encoding: "windows-1252", about: "numbers of invoices that look like business ids beside true ones",
			columns: []column{col("Laskunro", plain(func(r *row) string { return r.digits(7) + "-" + strconv.Itoa(r.IntN(10)) })), col("Toimittajan Y-tunnus", business), col("Toimittaja", firm, Name), col("Tilinumero", ibanFlat),
				col("Viite", plain(func(r *row) string { return grouped("1"+r.digits(9), 5, " ") })), col("Summa", decimal(20000, 2, " ")), col("Eräpäivä", when(finnish, 2025, 2026))}},
		{file: "leverantorer.csv", rows: 180, encoding: "cp850", newline: "\r\n", about: "code page 850, Swedish, accounts of two countries",
			columns: []column{col("Lev.nr", number(1000, 99999)), col("FO-nummer", business), col("Namn", firm, Name), col("Kontonummer", either(0.9, ibanParts, of(IBAN, func(r *row) string { return grouped(r.iban("SE"), 4, " ") }))),
				col("E-post", office), col("Växel", landline), col("Gatuadress", addressSv)}},
		{file: "alv_rekisteri.csv", rows: 160, comma: ',', newline: "\n", about: "business ids as they stand in VAT numbers",
			columns: []column{col("vat_number", of(BusinessID, func(r *row) string { return "FI" + strings.Replace(r.businessID(), "-", "", 1) })), col("country", one("FI")), col("checked", when(iso, 2026, 2026))}},
		{file: "testi_ytunnukset.csv", rows: 200, comma: ',', newline: "\n", about: "business ids of which each has a wrong control digit",
			columns: []column{col("y_tunnus", plain((*row).wrongBusinessID)), col("rivi", counting("%d", 1))}},
		{file: "varaosat.csv", rows: 500, about: "codes of products in the form of plates",
			columns: []column{col("Tuotekoodi", plain(func(r *row) string { return r.from(capitals, 3) + "-" + strconv.Itoa(100+r.IntN(900)) })), col("Nimike", one(products...)), col("Saldo", number(0, 240)), col("Hinta", decimal(400, 2, "")),
				col("Hylly", plain(func(r *row) string { return r.from("ABCDEFGH", 1) + "-" + strconv.Itoa(1+r.IntN(60)) }))}},
		{file: "kurssit.csv", rows: 120, comma: ',', newline: "\n", about: "codes of courses in the form of plates, few rows",
			columns: []column{col("code", plain(func(r *row) string {
				return pick(r, "ENG", "MAT", "KUV", "LII", "HIS") + "-" + strconv.Itoa(101+r.IntN(60))
			})), col("title", one("Watercolours", "Conversation", "Algebra", "Yoga", "Local history")), col("teacher", other(full)), col("starts", when(iso, 2026, 2027)), col("places", number(6, 24))}},
		{file: "ohjelmistot.csv", rows: 220, comma: ',', newline: "\n", about: "versions in the form of addresses of the internet",
			columns: []column{col("ohjelma", one(programs...)), col("versio", plain(func(r *row) string {
				return fmt.Sprintf("%d.%d.%d.%d", 1+r.IntN(20), r.IntN(12), r.IntN(40), r.IntN(250))
			})),
				col("asennettu", when(iso, 2019, 2026)), col("lisenssi", plain(func(r *row) string { return strings.ToUpper(grouped(r.from(hexDigits, 20), 5, "-")) }), Token, Hash)}},
		{file: "verkkolaitteet.csv", rows: 190, newline: "\n", about: "addresses of devices in three forms",
			columns: []column{col("Laite", counting("sw-%03d", 1)), col("IP-osoite", ipv4), col("IPv6", filled(0.6, ipv6)), col("MAC", mac), col("MAC 2", filled(0.5, macDash)), col("MAC 3", filled(0.5, macDots)), col("Ohjelmistoversio", one("12.2.55", "15.0.2", "15.2.7")),
				col("Sijainti", one(facilities...), Name)}},
		{file: "www_loki.log.csv", rows: 800, bare: true, comma: ' ', newline: "\n", about: "a log of a server without names of columns, with blanks between",
			columns: []column{col("", publicIP), col("", when(isoZone, 2026, 2026)), col("", one("GET", "POST")), col("", one("/fi/", "/sv/", "/fi/asiointi", "/sv/kontakt")), col("", one("200", "301", "404")), col("", digest(32), Token)}},
		{file: "wifi_kavijat.csv.gz", rows: 900, comma: ',', newline: "\n", squeezed: true, about: "compressed: digests of devices, times in milliseconds",
			columns: []column{col("device_hash", digest(40), Token), col("ap", counting("AP%03d", 100)), col("ts", plain(func(r *row) string { return "17" + r.digits(11) }), Time), col("rssi", number(-92, -40))}},
		{file: "istunnot.csv", rows: 260, newline: "\n", about: "keys of sessions",
			columns: []column{col("sessio", secret(43)), col("kayttaja", filled(0.8, as(digest(32), strings.ToUpper)), Token), col("alkoi", when(isoTime, 2026, 2026)), col("kesto_s", number(1, 4000)), col("väri", plain(func(r *row) string { return "#" + r.from(hexDigits, 6) }))}},
		{file: "rakennukset.csv", rows: 600, about: "numbers of nine digits and more, which are not phones; metres of the city's grid",
			columns: []column{col("Rakennustunnus", plain(func(r *row) string { return "1" + r.digits(8) + r.from(controls, 1) })), col("Kiinteistötunnus", plain(func(r *row) string { return fmt.Sprintf("992-%d-%d-%d", 1+r.IntN(60), 1+r.IntN(300), 1+r.IntN(40)) })),
				col("Organisaationumero", plain(func(r *row) string { return r.digits(9) })), col("Osoite", address), col("P", metres(6998400, 9000, "%.0f")), col("I", metres(21512300, 9000, "%.0f")), col("Valmistumisvuosi", number(1898, 2025)),
				col("Kerrosala", number(24, 5200))}},
		{file: "vesimittarit.csv", rows: 480, encoding: "utf-8-bom", titles: []string{"Lukemaraportti"}, about: "numbers of meters of eight and nine digits; addresses",
			columns: []column{col("Mittarinro", plain(func(r *row) string { return r.digits(8 + r.IntN(2)) })), col("Käyttöpaikka", plain(func(r *row) string { return "64" + r.digits(16) })), col("Osoite", address), col("Lukema m3", decimal(3000, 1, "")),
				col("Luettu", when(finnish, 2025, 2026))}},
		{file: "liikuntapaikat.csv", rows: 110, encoding: "utf-8-bom", about: "places: their mail and telephones are those of offices",
			columns: []column{col("Nimi", one(facilities...), Name), col("Katuosoite", address), col("Postinumero", postal), col("Puhelin", landline), col("Sähköposti", office), col("WWW", one("https://sport.lugnvik.example")),
				col("lat", decimalDegrees(63.09, 0.1)), col("lon", decimalDegrees(21.62, 0.2))}},
		{file: "penkit.csv", rows: 380, comma: ',', newline: "\n", about: "benches: nothing of people at all",
			columns: []column{col("id", counting("B%04d", 1)), col("lat", decimalDegrees(63.09, 0.1)), col("lon", decimalDegrees(21.62, 0.2)), col("material", one("wood", "steel", "wood and steel")), col("length_cm", number(90, 260)), col("inspected", when(iso, 2023, 2026))}},
		{file: "puut.csv", rows: 640, encoding: "windows-1252", about: "trees with coordinates in metres and decimal commas",
			columns: []column{col("Puu_ID", counting("%d", 1)), col("Laji", skewed(trees...)), col("N-koordinaatti", as(metres(6998400, 9000, "%.3f"), comma)), col("E-koordinaatti", as(metres(21512300, 9000, "%.3f"), comma)), col("Rinnankorkeusläpimitta", number(4, 110)),
				col("Kunto", one("hyvä", "välttävä", "huono"))}},
		{file: "liikennevalot.csv", rows: 130, comma: ',', newline: "\n", about: "coordinates in the grid of the country",
			columns: []column{col("risteys", counting("LV-%03d", 1)), col("etrs_tm35fin_n", metres(7000300, 8000, "%.1f")), col("etrs_tm35fin_e", metres(228900, 8000, "%.1f")), col("ohjauskoje", one("EC-2", "ITC-3", "FLEX")), col("ryhmia", number(2, 24))}},
		{file: "kaivot_wkt.csv", rows: 150, comma: ',', newline: "\n", about: "points as text",
			columns: []column{col("kaivo", counting("K%05d", 1)), col("geom", of(Coordinate, func(r *row) string { return fmt.Sprintf("POINT (%.6f %.6f)", 21.5+r.Float64()/5, 63+r.Float64()/5) })), col("syvyys", decimal(6, 2, ""))}},
		{file: "toimenpiteet.csv", rows: 140, about: "north and east in one cell; degrees and minutes",
			columns: []column{col("Kohde", counting("T-%d", 1)), col("Sijainti", of(Coordinate, func(r *row) string { return fmt.Sprintf("%.5f, %.5f", 63+r.Float64()/5, 21.5+r.Float64()/5) })),
				col("WGS84 aste-min", of(Coordinate, func(r *row) string { return fmt.Sprintf("63°%02d.%03d'N", r.IntN(60), r.IntN(1000)) })), col("Tehty", when(finnish, 2024, 2026))}},
		{file: "pysakit.geojson", rows: 120, about: "features with points",
			columns: []column{col("stop_id", counting("L%04d", 1)), col("name", one(places...), Name), col("zone", one("A", "B")), col("lon", decimalDegrees(21.62, 0.2)), col("lat", decimalDegrees(63.09, 0.1))}},
		{file: "anturit.parquet", rows: 500, about: "Parquet",
			columns: []column{col("a_sensor", counting("S%02d", 1)), col("b_time", when(isoZone, 2026, 2026)), col("c_value", number(-30, 35)), col("d_lat", decimalDegrees(63.09, 0.1)), col("e_lon", decimalDegrees(21.62, 0.2)), col("f_owner_mail", filled(0.3, email))}},
		{file: "pyoramatkat.csv", rows: 700, comma: ',', newline: "\n", about: "trips: events without names",
			columns: []column{col("Departure", when(isoTime, 2026, 2026)), col("Return", when(isoTime, 2026, 2026)), col("Departure station id", plain(func(r *row) string { return fmt.Sprintf("%03d", 1+r.IntN(60)) })), col("Departure station name", one(places...), Name),
				col("Covered distance (m)", number(200, 9000)), col("Duration (sec.)", number(60, 5400))}},
		{file: "sahkonkulutus.csv", rows: 720, titles: []string{"Kohde: Ristinummen koulu;;", "Tulostettu: 1.11.2026;;"}, about: "measurements each hour; title lines that hold delimiters",
			columns: []column{col("Mittauspiste", one("643006966000000018", "643006966000000025")), col("Aika", when(clock, 2026, 2026)), col("kWh", decimal(80, 3, ""))}},
		{file: "paivamaarat.csv", rows: 200, comma: ',', newline: "\n", about: "dates in many forms, none of a birth",
			columns: []column{col("d1", when(finnish, 2020, 2026)), col("d2", when(iso, 2020, 2026)), col("d3", when(british, 2020, 2026)), col("d4", when(compact, 2020, 2026)), col("d5", when(shortYear, 2020, 2026)), col("d6", when(isoZone, 2020, 2026)),
				col("viikko", plain(func(r *row) string { return fmt.Sprintf("2026-W%02d", 1+r.IntN(52)) }), Time), col("kello", plain(func(r *row) string { return fmt.Sprintf("%02d:%02d", r.IntN(24), r.IntN(60)) }), Time)}},
		{file: "rakennusluvat_historia.csv", rows: 300, about: "old dates that are not of births",
			columns: []column{col("Lupatunnus", counting("RL-%05d", 1)), col("Myönnetty", when(finnish, 1935, 2005)), col("Loppukatselmus", when(finnish, 1936, 2006)), col("Toimenpide", one("uudisrakennus", "laajennus", "purku"))}},
		{file: "isbn_poistot.csv", rows: 240, about: "numbers of books old and new",
			columns: []column{col("ISBN-10", plain(func(r *row) string {
				return "951-" + r.digits(2) + "-" + r.digits(4) + "-" + pick(r, "X", "1", "7", "4")
			})), col("ISBN-13", plain(func(r *row) string { return grouped(r.ean("978951"), 3, "-") })), col("Nimeke", bookTitle),
				col("Tekijä", other(indexed)), col("Poistettu", when(finnish, 2026, 2026))}},
		{file: "varasto_ean.csv", rows: 300, encoding: "utf-16be", comma: ';', about: "UTF-16 with the high byte first; numbers of articles",
			columns: []column{col("EAN", plain(func(r *row) string { return r.ean("640") })), col("Tuote", one(products...)), col("Erä", plain(func(r *row) string { return r.from(capitals, 2) + r.digits(6) })), col("Kpl", number(0, 900))}},
		{file: "paatokset.csv", rows: 170, encoding: "utf-8-bom", about: "decisions: numbers of files, names of those who prepared them",
			columns: []column{col("Diaarinumero", plain(func(r *row) string {
				return fmt.Sprintf("%d/%02d.%02d.%02d/2026", 10+r.IntN(4000), r.IntN(14), r.IntN(10), r.IntN(10))
			})), col("§", number(1, 240)), col("Valmistelija", turned),
				col("Otsikko", said(0, []string{"Lausunto asemakaavan muutoksesta korttelissa 14.", "Katualueen luovutus.", "Oikaisuvaatimus koskien pysäköintiä torilla.", "Avustuksen myöntäminen yhdistykselle."})), col("Pvm", when(finnish, 2026, 2026))}},
		{file: "evenemang.csv", rows: 130, comma: '\t', newline: "\n", about: "Swedish: events with places and telephones of the organiser",
			columns: []column{col("Evenemang", one("Höstmarknad", "Barnens dag", "Konsert i parken", "Sagostund", "Simskola")), col("Plats", addressSv), col("Arrangör", firm, Name), col("Tel", filled(0.7, either(0.5, phone, landline))), col("Börjar", when("2006-01-02 15:04", 2026, 2027)),
				col("Webbplats", one("www.lugnvik.example", ""))}},
		{file: "taideteokset.csv", rows: 90, about: "art in public places: names of artists",
			columns: []column{col("Teos", one("Äiti ja lapsi", "Kalastaja", "Vapaudenpatsas", "Tuulen leikki", "Fru Elsa")), col("Taiteilija", other(full)), col("Vuosi", number(1901, 2024)), col("Sijaintipaikka", one(facilities...), Name), col("Hankintahinta", filled(0.4, decimal(90000, 0, " ")))}},
		{file: "reitit_gtfs.txt", rows: 260, comma: ',', newline: "\n", about: "a timetable",
			columns: []column{col("trip_id", counting("2026_%06d", 1)), col("arrival_time", plain(func(r *row) string { return fmt.Sprintf("%02d:%02d:00", 4+r.IntN(22), r.IntN(60)) }), Time), col("stop_id", number(1000, 1999)), col("stop_sequence", number(1, 40)), col("stop_headsign", one(places...), Name)}},
		{file: "puhelinvaihde.csv", rows: 90, about: "short numbers inside the house and numbers of reference that are as long as telephones",
			columns: []column{col("Alanumero", number(2000, 4999), Phone), col("Yksikkö", one(facilities...), Name), col("Kustannuspaikka", plain(func(r *row) string { return "0" + r.digits(8) })), col("Tositenumero", plain(func(r *row) string { return r.digits(10) }))}},
		{file: "fordon.csv", rows: 170, encoding: "windows-1252", about: "Swedish: vehicles, with the numbers of their frames",
			columns: []column{col("Registernummer", plate), col("Chassinummer", plain(func(r *row) string { return "YV1" + r.from("ABCDEFGH0123456789", 8) + r.digits(6) })), col("Märke", one("Toyota", "Volvo", "Valtra", "Škoda")), col("Besiktad", when(finnish, 2025, 2026)),
				col("Enhet", one("Gator", "Parker", "Skolskjuts"))}},
		{file: "asukaspysakointi.csv", rows: 290, encoding: "utf-8-bom", born: [2]int{1940, 2006}, about: "permits to park: who, where, which car",
			columns: []column{col("Lupanumero", counting("AP%06d", 1204)), col("Hakija", full), col("Katuosoite", address), col("Postinumero ja -toimipaikka", as(postal, func(s string) string { return s + " SUVANTOLA" })), col("Rekisterinumero", plate),
				col("Toinen ajoneuvo", filled(0.2, plate)), col("Voimassa saakka", when(finnish, 2026, 2027))}},
		{file: "logins.csv", rows: 520, comma: ',', newline: "\n", about: "who came from where",
			columns: []column{col("ts", when(isoZone, 2026, 2026)), col("user", plain(func(r *row) string {
				return ascii(r.who.family)[:2] + ascii(r.who.given)[:2] + strconv.Itoa(r.IntN(90))
			})), col("src", either(0.8, publicIP, ipv4)), col("dst_port", either(0.5, number(22, 443), number(1024, 65000))),
				col("client_mac", filled(0.7, mac)), col("ok", one("true", "false"))}},
		{file: "tulostimet.csv", rows: 80, about: "serial numbers and addresses of printers",
			columns: []column{col("Sarjanumero", plain(func(r *row) string { return r.from(capitals, 2) + r.digits(8) })), col("Osoite", ipv4), col("Huone", plain(func(r *row) string { return r.from("ABC", 1) + "-" + strconv.Itoa(100+r.IntN(300)) })), col("Laskuri", number(200, 900000)),
				col("Laiteohjelmisto", plain(func(r *row) string { return fmt.Sprintf("2.%d.%d", r.IntN(99), r.IntN(999)) }))}},
		{file: "matkailijat.csv", rows: 310, newline: "\n", about: "postal codes from which a spreadsheet has taken the zeros",
			columns: []column{col("Kävijä", counting("%d", 1)), col("Kotipaikan postinumero", as(anyPostal, func(s string) string { return strings.TrimLeft(s, "0") })), col("Ikä", age), col("Kulkutapa", one("auto", "juna", "bussi"))}},
	}
}
