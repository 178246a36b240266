package tables

import (
	"fmt"
	"strconv"
	"strings"
)

// people are the registers and lists of persons.
func people() []*sheet {
	return []*sheet{
		{file: "paivahoitohakemukset_2026.csv", rows: 420, encoding: "utf-8-bom", born: [2]int{2019, 2025}, about: "a register as it comes from the system: children with their guardians",
			columns: []column{col("Hakemus_id", counting("VH-2026-%05d", 118)), col("Lapsen henkilötunnus", hetuNew), col("Lapsen nimi", turned), col("Huoltajan nimi", other(full)),
				col("Sähköposti", other(email)), col("Puhelin", phone), col("Lähiosoite", address), col("Postinro", postal), col("Toivottu päiväkoti", one(facilities...), Name),
				col("Saapunut", when(clock, 2026, 2026))}},
		{file: "henkilosto_palkat.csv", rows: 300, encoding: "windows-1252", born: [2]int{1960, 2002}, about: "staff with dates of birth and salaries, Windows-1252 and decimal comma",
			columns: []column{col("Palkansaajanro", number(100000, 699999)), col("Sukunimi", family), col("Etunimet", as(given, strings.ToUpper)), col("Synt.aika", born(finnish)),
				col("Nimike", one(titles...)), col("Yksikkö", skewed(facilities...), Name), col("Peruspalkka", plain(func(r *row) string { return strconv.Itoa(2100+r.IntN(3200)) + pick(r, ",00", ",50", ",28") })), col("Työsuhde alkoi", when(finnish, 1995, 2025))}},
		{file: "kundregister.txt", rows: 260, encoding: "utf-16le", comma: '\t', about: "Swedish, UTF-16 with tabs, codes with the newer signs",
			columns: []column{col("Kundnr", counting("%d", 40012)), col("Personbeteckning", hetuNew), col("Efternamn och förnamn", turned), col("Utdelningsadress", addressSv),
				col("Postnummer", anyPostal), col("Ort", one("LUGNVIK", "SUVANTOLA", "ESPOO", "JAKOBSTAD")), col("Telefon", either(0.7, phone, landline)), col("Modersmål", skewed("sv", "fi", "en", "so"))}},
		{file: "asiakkaat_ilman_otsikkoa.csv", rows: 350, bare: true, encoding: "windows-1252", about: "no names of columns",
			columns: []column{col("", hetu), col("", as(family, strings.ToUpper)), col("", as(given, strings.ToUpper)), col("", phone), col("", anyPostal), col("", number(1, 4))}},
		{file: "export_F01_F08.csv", rows: 380, comma: ',', newline: "\n", quoted: true, about: "names of columns that say nothing",
			columns: []column{col("F01", counting("%d", 1)), col("F02", as(hetu, strings.ToLower)), col("F03", full), col("F04", email), col("F05", phone), col("F06", ibanFlat), col("F07", plate), col("F08", address),
				col("F09", born(iso))}},
		{file: "volunteers.csv", rows: 180, comma: ',', newline: "\n", born: [2]int{1945, 2007}, about: "English, ISO dates",
			columns: []column{col("volunteer", full), col("email", as(email, strings.ToUpper)), col("mobile", phone), col("date_of_birth", born(iso)), col("emergency_contact", other(full)),
				col("joined", when(iso, 2016, 2026)), col("languages", one("fi", "sv", "fi,sv", "fi,en", "sv,en", "ar,fi"))}},
		{file: "valtuusto_2025-2029.csv", rows: 59, encoding: "utf-8-bom", born: [2]int{1947, 2003}, titles: []string{"Suvantolan kaupunginvaltuusto 2025-2029"}, blank: true, about: "few rows; a title line",
			columns: []column{col("Valtuutettu", turned), col("Puolue", skewed(parties...)), col("Syntymävuosi", plain(func(r *row) string { return strconv.Itoa(r.who.born.Year()) }), BirthDate),
				col("Ammatti", one(titles...)), col("Sähköposti", as(email, func(s string) string { return s[:strings.IndexByte(s, '@')] + "@suvantola.example" })), col("Ääniä", number(98, 1450))}},
		{file: "nimenhuuto_kerho.csv", rows: 40, about: "names of people as names of columns",
			columns: []column{col("Päivä", when(finnish, 2026, 2026)), name("Aino Ahola", one("x", "", "x")), name("Kadri Tamm", one("x", "", "x")), name("Bo-Göran Mitts", one("x", "", "x")),
				name("Fadumo Warsame", one("x", "", "x")), name("Pihla Äijälä", one("x", "", "x")), name("Svartsjö Siv", one("x", "", "x")), col("Läsnä yht.", number(1, 6))}},
		{file: "hautapaikat.csv", rows: 500, born: [2]int{1861, 1965}, encoding: "cp850", about: "the dead, with the sign of the nineteenth century, in code page 850",
			columns: []column{col("Hautanumero", plain(func(r *row) string { return fmt.Sprintf("%02d-%03d-%04d", r.IntN(20), r.IntN(400), r.IntN(2000)) })), col("Vainaja", indexed), col("Hetu", filled(0.6, hetu)),
				col("Syntynyt", born(finnish)), col("Kuollut", when(finnish, 1970, 2025)), col("Hallinta-aika päättyy", number(2026, 2080))}},
		{file: "venepaikat.csv", rows: 240, newline: "\n", about: "one column for persons and companies; half empty columns",
			columns: []column{col("Paikka", plain(func(r *row) string { return r.from("ABCDEF", 1) + strconv.Itoa(1+r.IntN(90)) })), col("Asiakkaan tunnus (hetu tai y-tunnus)", either(0.8, hetu, business)),
				col("Vuokraaja", either(0.8, turned, firm), BusinessID), col("Veneen rekisterinumero", filled(0.5, plain(func(r *row) string { return r.from(capitals, 1) + r.digits(5) })), Plate),
				col("Auton rek.nro", filled(0.4, plate, "", "-")), col("Puh", filled(0.7, phone, "", "ei ole")), col("Lisätieto", filled(0.06, said(0.5, saidFi, told("Soittakaa vaimolle %s.", phone))))}},
		{file: "pysakointivirhemaksut.csv", rows: 600, comma: ',', newline: "\n", about: "events with plates, places and times",
			columns: []column{col("maksu_id", counting("%07d", 2204511)), col("rekisteritunnus", plate), col("aika", when(isoTime, 2025, 2026)), col("paikka", address), col("virhekoodi", one("01", "02", "11", "23")),
				col("summa", one("40,00", "60,00", "80,00")), col("tarkastaja", number(11, 29))}},
		{file: "pysakointi_toinen_muoto.csv", rows: 200, about: "plates without a hyphen, in small letters, with a blank",
			columns: []column{col("Ajoneuvo", plainly(plate)), col("Vyöhyke", one("1", "2", "3")), col("Alkoi", when(clock, 2026, 2026)), col("Minuutit", number(5, 480))}},
		{file: "palautteet_2026.csv", rows: 320, encoding: "utf-8-bom", quoted: true, about: "free text with line breaks in it, some of which names people",
			columns: []column{col("Palautenro", counting("%d", 88120)), col("Vastaanotettu", when(clock, 2026, 2026)),
				col("Teksti", lines(said(0.15, saidFi, told("Henkilötunnukseni on %s.", hetu), told("Numeroni on %s", phone), told("Vastatkaa %s kiitos.", email), told("Terv. %s", full), told("Asun osoitteessa %s.", addressFi),
					told("Maksu tilille %s.", ibanParts), told("Auto %s oli edessä.", plate)))),
				col("Aihe", skewed("Kadut", "Koulut", "Kirjasto", "Vesi", "Muu")), col("Lat", decimalDegrees(63.09, 0.08)), col("Lon", decimalDegrees(21.62, 0.2))}},
		{file: "respons.csv", rows: 260, comma: '\t', newline: "\n", about: "free text in Swedish and English, one identity code in all of it",
			columns: []column{col("nr", counting("%d", 1)), col("datum", when(iso, 2024, 2026)), col("meddelande", rarely(137, either(0.7, said(0, saidSv), said(0.05, saidEn, told("Call me: %s", phone))), told("Min personbeteckning är %s.", hetu))),
				col("kategori", one("gata", "skola", "kultur")), col("svar skickat", filled(0.5, when(iso, 2024, 2026)))}},
		{file: "kysely_vastaukset.csv", rows: 400, comma: ',', newline: "\n", about: "a survey: keys of the answers, ages, comments that most leave empty",
			columns: []column{col("vastaaja", uuid), col("ika", age), col("sukupuoli", skewed("nainen", "mies", "muu", "")), col("postinumero", postal), col("q1", number(1, 5)), col("q2", number(1, 5)), col("q3", number(1, 5)),
				col("avoin_vastaus", filled(0.25, said(0.04, saidFi, told("t. %s", given)), "", "-", "ei"))}},
		{file: "kirjastolainat.csv", rows: 700, comma: '|', newline: "\n", about: "loans with a pseudonym for the reader; the names are those of authors",
			columns: []column{col("asiakas", digest(64), Token), col("syntymavuosi", plain(func(r *row) string { return strconv.Itoa(r.who.born.Year()) }), BirthDate), col("teos", bookTitle), col("tekija", other(indexed)),
				col("isbn", plain(func(r *row) string { return r.ean("978") })), col("lainattu", when(isoTime, 2025, 2025)), col("toimipiste", one("Pääkirjasto", "Ristinummi", "Kråkholmen"))}},
		{file: "oppilaat_syksy.csv", rows: 520, encoding: "utf-8-bom", born: [2]int{2010, 2019}, about: "pupils without names: what is left tells many apart; municipalities as numbers",
			columns: []column{col("Oppilasnro", counting("%d", 710001)), col("Syntymäaika", born(finnish)), col("Äidinkieli", skewed("suomi", "ruotsi", "somali", "arabia", "vietnam")), col("Kotikunta", municipality),
				col("Koulu", skewed(facilities...), Name), col("Luokka", plain(func(r *row) string { return strconv.Itoa(1+r.IntN(9)) + r.from("ABC", 1) })), col("Huoltajan puhelin", filled(0.5, phone))}},
		{file: "fiskelov.csv", rows: 210, encoding: "windows-1252", about: "dates of birth with two digits of the year",
			columns: []column{col("Lov nr", counting("FL%06d", 5210)), col("Innehavare", full), col("Födelsetid", born(shortYear)), col("Båtens längd m", decimal(12, 1, "")), col("Giltigt t.o.m.", when(shortYear, 2026, 2027)),
				col("Betalt €", one("20,00", "45,00"))}},
		{file: "koiravero.csv", rows: 280, newline: "\n", about: "names of dogs, which are not names of people, though many sound so",
			columns: []column{col("Koiran nimi", one("Musti", "Nelli", "Peppi", "Rex", "Luna", "Halli", "Bamse", "Sisu", "Ressu", "Tessu", "Wilma", "Otso"), Name), col("Rotu", one("sekarotuinen", "suomenlapinkoira", "mäyräkoira", "labradorinnoutaja")),
				col("Sirunumero", plain(func(r *row) string { return "246098" + r.digits(9) })), col("Omistajan postinumero", filled(0.6, postal)), col("Vuosi", one("2024", "2025"))}},
		{file: "avustukset_jarjestoille.csv", rows: 150, encoding: "windows-1252", titles: []string{"Liikunta-avustukset 2026", "Tulostettu 2.3.2026"}, total: "Yhteensä", about: "grants: names of contacts, accounts half filled, a row of totals",
			columns: []column{col("Yhdistys", one("Suvantolan Sampo ry", "IF Lugnvik rf", "Alarannan Pallo ry", "Ristinummen Martat ry", "Norrvalla FF rf")), col("Yhteyshenkilö", full), col("Pankkitili", filled(0.5, ibanParts)),
				col("Haettu €", decimal(9000, 2, " ")), col("Myönnetty €", decimal(5000, 2, " "))}},
		{file: "tilaukset_putki.csv", rows: 200, comma: '|', newline: "\n", bare: true, ragged: 17, about: "no names of columns, ragged rows",
			columns: []column{col("", when(compact, 2025, 2026)), col("", address), col("", initial), col("", number(1, 20)), col("", filled(0.8, landline))}},
		{file: "muistilista.tsv", rows: 160, comma: '\t', newline: "\n", padded: true, ragged: 11, about: "typed by hand: blanks around the cells, ragged rows",
			columns: []column{col("kuka", either(0.7, full, given)), col("mitä", one("soita", "laskuta", "tapaaminen", "avain palauttamatta")), col("numero", filled(0.8, phone)), col("pvm", when(finnish, 2026, 2026)), col("huom", one("", "", "ok", "kesken"))}},
		{file: "kulkuluvat.csv", rows: 330, quoted: true, about: "badges: one code a person, with repeated persons",
			columns: []column{col("Kortin sarjanumero", plain(func(r *row) string { return strings.ToUpper(r.from(hexDigits, 8)) })), col("Haltija", turned), col("Hetu", mistyped(hetu)), col("Yritys", filled(0.6, firm), Name, BusinessID),
				col("Y-tunnus", filled(0.6, business)), col("Voimassa", when(finnish, 2026, 2029))}},
		{file: "testiaineisto_hetut.csv", rows: 250, comma: ',', newline: "\n", about: "codes of which each has a wrong control character",
			columns: []column{col("hetu", plain((*row).wrongIdentityCode)), col("tapaus", counting("TC-%d", 1)), col("odotettu", one("hylätty"))}},
		{file: "sotkettu_otsikko.csv", rows: 220, about: "names of columns that promise what the cells do not hold",
			columns: []column{col("Puhelin", one("kyllä", "ei")), col("Nimi", one(facilities...), Name), col("Osoite", plain(func(r *row) string { return "https://www.lugnvik.example/kohde/" + r.digits(4) })), col("IP", counting("IP-%d", 300)),
				col("Hetu annettu", one("K", "E")), col("Sähköposti", one("sallittu", "kielletty")), col("Rekisterinumero", counting("%d", 1)), col("Syntymäaika", one("tiedossa", "puuttuu")), col("Tilinumero", number(3000, 8999)),
				col("Muu", email), col("Koodi", hetu), col("Selite", full)}},
		{file: "henkilolista.xlsx", rows: 140, titles: []string{"Kesätyöntekijät 2026", "Nuorisopalvelut / Ungdomstjänster"}, blank: true, born: [2]int{2006, 2010}, about: "a workbook with titles above the names",
			columns: []column{col("Nimi", turned), col("Hetu", hetu), col("Osoite", address), col("Postinumero", postal), col("Puhelin", phone), col("Tilinumero", ibanFlat), col("Työtunnit", number(60, 140))}},
		{file: "vikailmoitukset.ndjson", rows: 240, about: "lines of JSON",
			columns: []column{col("created", when(isoZone, 2026, 2026)), col("description", said(0.1, saidEn, told("My number is %s.", phone), told("Write to %s.", email))), col("reporter_email", filled(0.5, email)), col("street", address),
				col("device", filled(0.4, uuid)), col("status", one("open", "closed"))}},
		{file: "arvonta.csv", rows: 130, comma: ',', newline: "\r", about: "the line ends of old Macintoshes",
			columns: []column{col("nimi", full), col("sähköposti", email), col("ikä", age), col("palkinto", one("liput", "kassi", "ei"))}},
	}
}

// other makes the cell of another person than that of the row.
func other(m maker) maker {
	return func(r *row) cell {
		again := *r
		again.who = r.somebody(1950, 2000)
		return m(&again)
	}
}

// name returns a column that is named after a person.
func name(person string, m maker) column {
	return column{name: person, make: m, person: true}
}

// plainly writes plates as people do who are in a hurry.
func plainly(m maker) maker {
	return func(r *row) cell {
		c := m(r)
		switch r.IntN(3) {
		case 0:
			c.text = strings.Replace(c.text, "-", "", 1)
		case 1:
			c.text = strings.ToLower(c.text)
		default:
			c.text = strings.Replace(c.text, "-", " ", 1)
		}
		return c
	}
}

// lines breaks texts into lines.
func lines(m maker) maker {
	return as(m, func(s string) string { return strings.ReplaceAll(s, ". ", ".\n") })
}

// rarely makes one cell in so many of another maker.
func rarely(every int, usual, rare maker) maker {
	return func(r *row) cell {
		if r.n%every == every-1 {
			c := rare(r)
			c.holds = append(c.holds, FreeText)
			return c
		}
		return usual(r)
	}
}

// mistyped spoils one code in twelve.
func mistyped(m maker) maker {
	return either(11.0/12, m, plain((*row).wrongIdentityCode))
}

// bookTitle makes titles, some of which hold a name or a number.
func bookTitle(r *row) cell {
	w := func() string { return pick(r, plainWords...) }
	switch r.IntN(3) {
	case 0:
		return cell{text: "Kun " + w() + " ja " + w() + " kohtasivat"}
	case 1:
		return cell{text: strings.ToUpper(w()[:1]) + "ikä" + w() + ", osa " + strconv.Itoa(1+r.IntN(4))}
	default:
		return cell{text: "The " + w() + " of " + pick(r, places...)}
	}
}

// decimalDegrees makes degrees with a decimal point.
func decimalDegrees(centre, width float64) maker { return metres(centre, width, "%.6f") }
