package tables

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

// Sentence is something that people write into a field for free text, with the
// kinds that are in it.
type Sentence struct {
	Text     string
	Language string
	Holds    []Kind
	Told     []string // what stands there of a person
}

// Sentences returns n sentences in Finnish, Swedish and English, half of which
// tell something of a person. Many of the others have words that are also names,
// numbers that are also telephones, and codes that are also plates.
func Sentences(seed uint64, n int) []Sentence {
	random := rand.New(rand.NewPCG(seed, 77))
	out := make([]Sentence, n)
	for i := range out {
		r := &row{Rand: random, n: i}
		language := pick(r, "fi", "fi", "sv", "sv", "en")
		out[i] = r.sentence(language, i%2 == 0)
	}
	return out
}

// inflected is a name with the stem of its cases.
type inflected struct{ name, stem string }

// stems reads names with their stems: "Pekka:Peka" has the genitive Pekan; a
// name alone is its own stem.
func stems(list string) (out []inflected) {
	for _, s := range strings.Fields(list) {
		name, stem, ok := strings.Cut(s, ":")
		if !ok {
			stem = name
		}
		out = append(out, inflected{name, stem})
	}
	return out
}

var (
	givenStems = stems(`Pekka:Peka Mikko:Miko Heikki:Heiki Antti:Anti Jukka:Juka Tarja Sinikka:Sinika Raija Leena Anneli Marjut Kerttu:Kertu Aleksi Eemeli Ville
		Sanni Riikka:Riika Tiina Merja Petteri Samuli Juhani Hilkka:Hilka Eeva Ulla Oskari Jaakko:Jaako Niklas:Niklakse Elias:Eliakse Armas:Armakse Viljo Lahja Taimi
		Toivo Onni Rauha Aava Ilona Joonas:Joonakse Matias:Matiakse Noora Essi Reetta:Reeta Teppo:Tepo Kauko:Kauo Unto:Unno`)
	familyStems = stems(`Virtanen:Virtase Korhonen:Korhose Mäkinen:Mäkise Hämäläinen:Hämäläise Räty:Räty Salmi:Salme Lehto:Lehdo Koski:Koske Järvi:Järve Mäki:Mäe Ranta:Ranna
		Lahti:Lahde Niemi:Nieme Heikkilä Anttila Ojala Hakala Vanhala Rautakorpi:Rautakorve Tuohimaa Pehkonen:Pehkose Kuittinen:Kuittise Hietaniemi:Hietanieme Karjalainen:Karjalaise
		Suomalainen:Suomalaise Parviainen:Parviaise Peltola Ketola Mustonen:Mustose Laitinen:Laitise Lindqvist:Lindqvisti Holmberg:Holmbergi Öhman:Öhmani Sjöblom:Sjöblomi
		Haapasalo Ylä-Outinen:Ylä-Outise Ruotsalainen:Ruotsalaise Seppälä Kivimäki:Kivimäe Wahlroos:Wahlroosi`)
	streetStems = stems(`Asemakatu:Asemakadu Hämeentie Kauppakatu:Kauppakadu Puistotie Kalliolanrinne:Kalliolanrintee Torpantie Pajapolku:Pajapolu Metsäkuja Satamatie Linnankatu:Linnankadu
		Koulutie Mäntyraitti:Mäntyraiti Rantaväylä Keskuskatu:Keskuskadu Hakaniemenranta:Hakaniemenranna Ruukinmäki:Ruukinmäe Vesaisentie Kaivotie Haltijatontuntie Kirkkokatu:Kirkkokadu`)
	streetsNordic = strings.Fields(`Storgatan Kyrkvägen Skeppsbrogränden Fiskartorpsstigen Bruksgatan Norrmalmsvägen Björkallén Rådhusgatan Prästgårdsbacken Havsstigen Köpmansgatan Älggränd
		Tallbackavägen Slottsgatan Smedjegatan`)
	givenNordic = strings.Fields(`Anna Maria Gunnel Kerstin Elisabet Sofia Linda Marianne Birgitta Ann-Christin Emma Ida Hanna Jonas Mattias Fredrik Johan Peter Mikael Lars Nils-Erik Rainer Bo Kristoffer Alexander
		Gustav Ingrid Ulrika Benita Kjell`)
	familyNordic = strings.Fields(`Eriksson Johansson Nyberg Söderholm Lindström Backman Sandström Holm Karlsson Westerlund Nylund Högnäs Sundqvist Grönroos Fagerström Snickars Kulla Ahlskog Mattsson Österholm
		Enbacka Rönnlund Finne Back Slotte`)
	givenWorld  = strings.Fields(`Emma James Priya Ahmed Nadia Oleksandr Liu Carlos Grace Tomasz Fatima Daniel Rachel Hamza Ifrah`)
	familyWorld = strings.Fields(`Smith Taylor Nguyen Osman Kowalski Hernandez Bondarenko Chen Singh O'Brien Rahimi Brown Ali Müller Abdi`)
)

// back tells whether a word takes a in its endings rather than ä.
func back(s string) bool { return strings.ContainsAny(strings.ToLower(s), "aou") }

// in puts a name into a case: n the genitive, lle, lta, lla, sta, a the partitive.
func (w inflected) in(ending string) string {
	if !back(w.stem) {
		ending = strings.ReplaceAll(ending, "a", "ä")
	}
	if ending == "" {
		return w.name
	}
	return w.stem + ending
}

// fill puts something into each place of a template; the places are:
//
//	{N} {Nn} {Nlle} {Nlta} {Nlla} {Nsta}  a full name in a case
//	{Fn} {G}                              a family name in the genitive, a given name
//	{A} {As}                              an address, one with the street in a case
//	{P} {E} {H} {I} {R}                   telephone, e-mail, identity code, account, plate
func (r *row) fill(language, template string) Sentence {
	s := Sentence{Language: language}
	var b strings.Builder
	for template != "" {
		before, rest, ok := strings.Cut(template, "{")
		b.WriteString(before)
		if !ok {
			break
		}
		place, after, _ := strings.Cut(rest, "}")
		text, kind := r.told(language, place)
		b.WriteString(text)
		if kind != "" && !slices.Contains(s.Holds, kind) {
			s.Holds = append(s.Holds, kind)
		}
		if kind != "" {
			s.Told = append(s.Told, text)
		}
		template = after
	}
	s.Text = b.String()
	return s
}

// told is what stands in a place of a template.
func (r *row) told(language, place string) (string, Kind) {
	switch place[0] {
	case 'N':
		return r.named(language, place[1:]), Name
	case 'F':
		if language != "fi" {
			return pick(r, familyNordic...) + "s", Name
		}
		return pick(r, familyStems...).in(place[1:]), Name
	case 'G':
		return pick(r, givenStems...).in(place[1:]), Name
	case 'A':
		house := r.flat(language)
		if language == "sv" || language == "en" && r.IntN(2) == 0 {
			return pick(r, streetsNordic...) + " " + house, Address
		}
		if len(place) > 1 && language == "fi" {
			return pick(r, streetStems...).in("lla") + " " + house, Address
		}
		return pick(r, streetStems...).name + " " + house, Address
	case 'P':
		return r.called(), Phone
	case 'E':
		return pick(r, "tuula.k", "m.nieminen", "jan.back", "info24", "kalle") + pick(r, "", "", r.digits(2)) + "@" + pick(r, "kotiposti.example", "gmejl.example", "brev.example.fi"), Email
	case 'H':
		return r.identityCode(r.date(1932, 2012), r.IntN(4) == 0), Hetu
	case 'I':
		return grouped(r.iban("FI"), 4, " "), IBAN
	case 'R':
		return r.plate(), Plate
	case '#':
		return r.digits(1 + r.IntN(6)), ""
	}
	return "", ""
}

// named is a full name, in Finnish in a case: "Maija Virtasen".
func (r *row) named(language, ending string) string {
	switch language {
	case "sv":
		s := pick(r, givenNordic...) + " " + pick(r, familyNordic...)
		if ending == "s" {
			s += "s"
		}
		return s
	case "en":
		return pick(r, givenWorld...) + " " + pick(r, familyWorld...)
	}
	if r.IntN(8) == 0 { // names of elsewhere
		family := pick(r, familyWorld...)
		stem := family
		if !strings.ContainsAny(family[len(family)-1:], "aeiouy") {
			stem += "i"
		}
		return pick(r, givenWorld...) + " " + inflected{family, stem}.in(ending)
	}
	given := pick(r, givenStems...).name
	if r.IntN(6) == 0 {
		given += "-" + pick(r, "Liisa", "Maria", "Pekka", "Kaisa", "Matti")
	}
	return given + " " + pick(r, familyStems...).in(ending)
}

// called is a telephone number as people write it into texts.
func (r *row) called() string {
	operator, a, b := pick(r, "40", "44", "45", "50", "400"), r.digits(3), r.digits(4)
	return fmt.Sprintf(pick(r, "0%s %s %s", "0%s-%s %s", "0%s%s%s", "+358 %s %s %s", "+358%s%s%s", "0%s-%s%s"), operator, a, b)
}

// flat is the number of a house as people write it.
func (r *row) flat(language string) string {
	n := 1 + r.IntN(120)
	switch r.IntN(5) {
	case 0:
		return fmt.Sprintf("%d %s %d", n, r.from("ABCDE", 1), 1+r.IntN(80))
	case 1:
		return fmt.Sprintf("%d%s", n, r.from("abc", 1))
	case 2:
		return fmt.Sprintf("%d %s %s %d", n, r.from("ABC", 1), map[string]string{"fi": "as.", "sv": "bst.", "en": "apt"}[language], 1+r.IntN(40))
	}
	return fmt.Sprint(n)
}

// sentence makes a sentence that tells something of a person, or does not.
func (r *row) sentence(language string, tells bool) Sentence {
	if tells {
		return r.fill(language, pick(r, tellingSentences[language]...))
	}
	return r.fill(language, pick(r, silentSentences[language]...))
}

// tellingSentences tell something of a person, by language.
var tellingSentences = map[string][]string{
	"fi": {
		"Asiakas {N} soitti ja kertoi, että kotipalvelu ei ollut tullut.", "Keskusteltu {Nn} kanssa lapsen tilanteesta, jatketaan ensi viikolla.", "Lähetetty päätös {Nlle} postitse.",
		"Saatiin {Nlta} tieto muutosta.", "Lasku kuuluu {Nlle}, ei minulle.", "Naapurimme {N} huutaa öisin.", "Soita {P} iltapäivällä.", "Paras tavoittaa numerosta {P}, mieluiten klo 16 jälkeen.",
		"puh. {P}", "Minut tavoittaa {P} tai {E}.", "Asun osoitteessa {A}, toinen kerros.", "Roskat jäivät hakematta {As}.", "{A} kohdalla on iso kuoppa.", "Muutan 1.6. osoitteeseen {A}, 00530 Helsinki.",
		"Valkoinen auto {R} oli taas pihakadulla.", "Rekisterinumero {R}, pysäköity väärin.", "Hetuni on {H}, hakemus liitteenä.", "Potilaan {Nn} ({H}) lähete palautettu.",
		"Palautus tilille {I}, kiitos.", "Vastaus sähköpostiin {E} kiitos.", "Terveisin {N}", "t. {G}", "Yst. terv. {N}, puh {P}", "Rouva {Fn} luona käyty, lääkkeet jaettu.", "Isännöitsijä {N} lupasi korjata.",
		"Opettaja {N} on ollut tosi reilu.", "Äiti {N} ({P}) noutaa lapsen.", "Kuljettajana {N}, ajoneuvo {R}.", "Tapaaminen {Nn} luona, {A}.", "Ilmoittaja: {N}, {A}, {P}",
		"Poika oli puhunut {Nsta} ja pelännyt.", "tapasimme eilen {Nn} hänen kotonaan", "HAKIJA {N} EI SAAPUNUT",
	},
	"sv": {
		"Kunden {N} ringde och frågade om beslutet.", "Diskuterade med {N} om hemvården.", "{Ns} ansökan saknar bilagor.", "Ring mig på {P} efter klockan fyra.", "Tel. {P}", "Jag nås på {P} eller {E}.",
		"Vi bor på {A} och det är mörkt där.", "Vid {A} finns ett stort hål.", "Bilen {R} står felparkerad varje natt.", "Registernummer {R}, röd bil.", "Min personbeteckning är {H}.", "Betala till kontot {I} tack.",
		"Svara gärna till {E}.", "Hälsningar {N}", "Mvh {N}, tel {P}", "Grannen {N} på {A} eldar skräp.", "Fru {F} har fått sin medicin.", "Läraren {N} har varit till stor hjälp.", "Patienten {N} ({H}) kom inte.",
		"Flyttar till {A}, 65100 Vasa i juni.", "Hembesök hos {N}, {A}.", "Pappan {N} hämtar barnet.",
	},
	"en": {
		"My name is {N} and I live at {A}.", "Please call {P} before noon.", "Reply to {E} please.", "The caretaker {N} was very kind.", "Car {R} blocks the gate.", "My id code is {H}.", "Regards, {N}",
		"Refund to {I}, thank you.", "Spoke with {N} about the lease.", "Tenant {N}, {A}, complains of noise.",
	},
}

// silentSentences tell nothing of a person, by language.
var silentSentences = map[string][]string{
	"fi": {
		"Toivo paremmasta elää, kun Lumi sulaa.", "Satu luettiin loppuun ja Ilta päättyi lauluun.", "Ranta on likainen ja Kallio murenee portaiden vieressä.", "Bussi {#} ajoi pysäkin ohi.", "Kirjasto {#}. kerros on remontissa.",
		"Luokka 5 B siirtyi saliin 3.", "Asemakadulla on pimeää.", "Lahti on jäässä, Salo myös.", "Tilaus {#} toimitettu, lähete ABC-12 puuttuu.", "Tuotekoodi on väärä, pitäisi olla XK-4410.", "Liite 4 ja § 12 puuttuvat hakemuksesta.",
		"Kokous pidetään 12.3.2026 klo 14.30 kaupungintalolla.", "Laskun viite on 1232 44556 77889.", "Ohjelman versio 2.14.0.1 kaatuu heti.", "Helsingin Energia vaihtoi mittarin.", "Kiitos Espoon Kaupunki, hyvä palvelu!",
		"Kalevalan Päivä oli hieno tapahtuma.", "Suomen Punainen Risti järjesti keräyksen.", "Uusi Tampereen Ratikka on myöhässä.", "Kysely päättyi 31.12.2025, vastauksia {#}.", "Hinta nousi 40 prosenttia, nyt 1 250 euroa.",
		"Kohde tarkastettu, ei huomautettavaa.", "Asiakas kävi paikalla, neuvottu verkkosivuille.", "Marja-aika alkaa, Mansikka on kypsä.", "Paikalle tuli ambulanssi 15 minuutissa.", "Vesi oli poikki kello 8-16.",
		"Mannerheimintien remontti jatkuu.", "Pyydetty lisäselvitys, määräaika 14 vrk.", "Huone 214 on lukossa.", "Hyvää Joulua ja Onnea Uudelle Vuodelle!", "Kunnan Elinvoimalautakunta käsittelee asian.", "Avain nro {#} luovutettu.",
		"Sähköposti ei toimi, @-merkki puuttuu.", "Viallinen anturi TMP-36 vaihdettu.", "Kalle-kissa karkasi puuhun.", "Pohjoisesta tuuli, 7 astetta.", "Ota yhteyttä asiakaspalveluun arkisin.", "Rouva oli tyytyväinen, kiitti palvelusta.",
		"Lääkkeet jaettu, ei erityistä.", "Puhelu kesti 20 min, asia selvisi.",
	},
	"sv": {
		"Hoppet lever och Våren kommer snart.", "Buss {#} körde förbi hållplatsen.", "Strandgatan är mörk på kvällarna.", "Klass 5 B flyttade till sal 3.", "Beställning {#} levererad, följesedel ABC-12 saknas.",
		"Mötet hålls 12.3.2026 kl. 14.30 i stadshuset.", "Referensen är 1232 44556 77889.", "Version 2.14.0.1 kraschar genast.", "Vasa Elektriska bytte mätaren.", "Tack Jakobstads Bibliotek för fin service!", "Svenska Dagen firades i skolan.",
		"Bilaga 4 och § 12 saknas.", "Priset steg med 40 procent till 1 250 euro.", "Objektet granskat, inget att anmärka.", "Rum 214 är låst.", "God Jul och Gott Nytt År!", "Nyckel nr {#} överlämnad.", "Ring kundtjänsten på vardagar.",
		"Björk och Gran har fällts i parken.", "Givaren TMP-36 har bytts.", "Medicinen delad, inget särskilt.", "Frun var nöjd och tackade.", "Nordsjö Färg levererade fel kulör.",
	},
	"en": {
		"Bus {#} did not stop.", "The Main Library was closed.", "Room 214 is locked.", "Version 2.14.0.1 crashes.", "Order {#} arrived, note ABC-12 is missing.", "Happy New Year from the City Council.", "The Summer Festival was great.",
		"Prices rose 40 percent to 1250 euros.", "Sensor TMP-36 was replaced.", "Grace and patience were needed, May was cold.", "Annex 4 is missing.",
	},
}
