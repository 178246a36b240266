package tables

import (
	"fmt"
	"strconv"
)

// counts are statistics and accounts: nothing in them is of one person.
func counts() []*sheet {
	return []*sheet{
		{file: "vaesto_ika_alue.csv", rows: 8, encoding: "windows-1252", titles: []string{"Väestö alueittain ja iän mukaan 31.12.2025", "Lähde: väestötietojärjestelmä"}, blank: true, total: "Koko kaupunki",
			notes: []string{"Ennakkotieto"}, about: "a wide table: an age a column, totals and notes",
			columns: append([]column{col("Alue", plain(func(r *row) string { return areas[r.n%len(areas)] })), col("Yhteensä", number(900, 9000))}, years(0, 100, number(0, 190))...)},
		{file: "ennuste_pitka.csv", rows: 800, comma: ',', newline: "\n", about: "a long table: ages and counts",
			columns: []column{col("area_code", plain(func(r *row) string { return areas[r.n%len(areas)][:2] })), col("year", number(2026, 2045)), col("sex", one("1", "2")), col("age", of(Age, func(r *row) string { return strconv.Itoa(r.IntN(101)) })), col("population", number(0, 240))}},
		{file: "tyottomat_kunnittain.csv", rows: 26, encoding: "utf-8-bom", titles: []string{"Työttömät työnhakijat kunnittain 2025"}, total: "KOKO MAAKUNTA", blank: true, notes: []string{"Luvut ovat kuukausikeskiarvoja.", "Alle 5 merkitty .."}, about: "codes and names of municipalities, totals, suppressed cells",
			columns: []column{col("Kuntakoodi", of(Municipality, func(r *row) string { return municipalities[r.n%len(municipalities)][:3] })), col("Kunta", of(Municipality, func(r *row) string { return municipalities[r.n%len(municipalities)][4:] }), Name),
				col("Työttömät", number(12, 4200)), col("joista alle 25 v.", filled(0.8, number(5, 400), "..")), col("Osuus %", decimal(14, 1, ""))}},
		{file: "kommuner.csv", rows: 300, encoding: "windows-1252", about: "Swedish: municipalities as numbers and as names, beside ages",
			columns: []column{col("Kommun", of(Municipality, func(r *row) string { return pick(r, municipalities...)[4:] }), Name), col("Kommunnummer", as(municipality, func(s string) string { n, _ := strconv.Atoi(s); return strconv.Itoa(n) })),
				col("Åldersgrupp", one("0-6", "7-15", "16-64", "65-74", "75+")), col("Antal", number(1, 900))}},
		{file: "poissaolot.csv", rows: 48, encoding: "windows-1252", subtotal: 12, total: "Kaikki", about: "rows of sums between the rows, small and hidden cells",
			columns: []column{col("Yksikkö", one(facilities...), Name), col("Kk", plain(func(r *row) string { return strconv.Itoa(r.n%12 + 1) })), col("Henkilöitä", filled(0.9, number(1, 60), "..")), col("Päiviä", decimal(200, 1, ""))}},
		{file: "oppilasmaarat.xlsx", rows: 12, titles: []string{"Perusopetuksen oppilasmäärät"}, total: "Yhteensä", about: "a workbook: a year a column, totals",
			columns: append([]column{col("Koulu", plain(func(r *row) string { return facilities[r.n%len(facilities)] }), Name)}, years(2011, 2026, number(0, 480))...)},
		{file: "talousarvio.xlsx", rows: 90, titles: []string{"Käyttötalous 2026", "1000 €"}, blank: true, total: "NETTO", about: "a workbook of accounts",
			columns: []column{col("Tili", number(3000, 4999)), col("Selite", one("Palkat", "Vuokrat", "Myyntituotot", "Palvelujen ostot", "Avustukset")), col("TP 2024", number(-9000, 9000)), col("TA 2025", number(-9000, 9000)), col("TA 2026", number(-9000, 9000)), col("Muutos %", decimal(40, 1, ""))}},
		{file: "ostolaskut.xlsx", rows: 260, titles: []string{"Ostolaskut 1-3/2026"}, about: "a workbook as it is published: suppliers with their ids",
			columns: []column{col("Tosite", counting("%d", 5260001)), col("Toimittaja", firm, Name), col("Y-tunnus", business), col("Tili", number(4000, 4999)), col("Pvm", when(finnish, 2026, 2026)), col("Summa", decimal(9000, 2, ""))}},
		{file: "etunimitilasto.csv", rows: 60, comma: ',', newline: "\n", about: "statistics of given names: names, and yet nobody",
			columns: []column{col("etunimi", plain(func(r *row) string { return givenFi[r.n%len(givenFi)] }), Name), col("lukumaara", number(10, 900))}},
		{file: "uimahallit_kavijat.csv", rows: 365, encoding: "utf-8-bom", separate: true, about: "a line sep= as spreadsheets write it; visitors a day",
			columns: []column{col("Päivä", when(finnish, 2025, 2025)), col("Alaranta", number(0, 600)), col("Norrvalla", number(0, 300)), col("Sää", one("pouta", "sade", "lumi"))}},
		{file: "kaksi_samaa.csv", rows: 70, about: "two columns of one name and one without a name",
			columns: []column{col("Päivä", when(finnish, 2026, 2026)), col("Määrä", number(1, 90)), col("Päivä", when(finnish, 2026, 2026)), col("", number(1, 9)), col("Määrä", number(1, 90))}},
		{file: "laskenta_liikenne.csv", rows: 480, comma: '\t', newline: "\n", bare: true, about: "numbers only, without names of columns",
			columns: []column{col("", plain(func(r *row) string { return fmt.Sprintf("%d", 101+r.n%9) })), col("", plain(func(r *row) string { return strconv.Itoa(r.n % 24) })), col("", number(0, 2200)), col("", decimal(90, 1, ""))}},
		{file: "hankinnat_2025.csv", rows: 140, comma: ',', newline: "\n", encoding: "utf-8", quoted: true, about: "English: quoted decimal commas beside comma as the delimiter",
			columns: []column{col("supplier", firm, Name), col("business_id", business), col("contract value (EUR)", decimal(400000, 2, "\u00a0")), col("signed", when(iso, 2025, 2025)), col("contact", filled(0.5, email))}},
	}
}

// years returns a column for each number.
func years(from, to int, m maker) []column {
	var out []column
	for y := from; y <= to; y++ {
		out = append(out, col(strconv.Itoa(y), m))
	}
	return out
}

// all lists the files.
func all() []*sheet {
	return append(append(people(), things()...), counts()...)
}
