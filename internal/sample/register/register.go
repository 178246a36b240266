// Package register invents a register of people as a table, for trying and
// measuring. Nobody in it exists: identity codes are valid only in form, names
// come from the checklists, and the same seed gives the same bytes.
package register

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"unicode"
	"unicode/utf8"

	"puntari/internal/checklist"
)

// Header are the names of the columns.
var Header = []string{
	"henkilo_id", "hetu", "etunimi", "sukunimi", "syntymäaika", "sukupuoli", "äidinkieli", "katuosoite", "postinumero", "kunta", "puhelin", "sähköposti",
	"tilinumero", "työnantaja_ytunnus", "rekisterinumero", "lat", "lon", "siviilisääty", "koulutusaste", "ammatti", "tulot_eur", "diagnoosi",
	"käyntipäivä", "asiakasmaksu", "palvelu", "palaute",
}

const hetuCheck = "0123456789ABCDEFHJKLMNPRSTUVWXY"

// Write writes a table of n rows as CSV with semicolons and decimal commas.
func Write(w io.Writer, n int, seed uint64, c *checklist.Catalogue) error {
	r := rand.New(rand.NewPCG(seed, 7))
	out := bufio.NewWriterSize(w, 1<<20)
	fmt.Fprintln(out, strings.Join(Header, ";"))
	given, family := capital(c.Evidence.Names.GivenNames()[:300]), capital(c.Evidence.Names.FamilyNames()[:300])
	towns := []string{"Helsinki", "Espoo", "Tampere", "Vantaa", "Oulu", "Turku", "Jyväskylä", "Kuopio", "Lahti", "Pori"}
	streets := []string{"Koivu", "Mänty", "Kuusi", "Leppä", "Pihlaja", "Tammi", "Asema", "Koulu", "Kirkko", "Satama"}
	ends := []string{"katu", "tie", "kuja", "polku"}
	pick := func(l ...string) string { return l[r.IntN(len(l))] }
	for i := range n {
		day, month, year := 1+r.IntN(28), 1+r.IntN(12), 1925+r.IntN(98)
		sign := byte('-')
		if year >= 2000 {
			sign = 'A'
		}
		individual := 2 + r.IntN(898)
		number := ((day*100+month)*100+year%100)*1000 + individual
		name, surname := given[r.IntN(len(given))], family[r.IntN(len(family))]
		fmt.Fprintf(out, "%d;%02d%02d%02d%c%03d%c;%s;%s;%d.%d.%d;%d;%s;%s%s %d;%05d;%s;", i+1, day, month, year%100, sign, individual, hetuCheck[number%31],
			name, surname, day, month, year, 1+r.IntN(2), pick("fi", "fi", "fi", "fi", "sv", "en", "ru", "et", "ar"),
			pick(streets...), pick(ends...), 1+r.IntN(120), 100+10*r.IntN(980), pick(towns...))
		fmt.Fprintf(out, "04%d %07d;%s.%s%d@posti.example;%s;%s;%s-%d;60,%06d;24,%06d;", r.IntN(6), r.IntN(1e7), ascii(name), ascii(surname), r.IntN(1000),
			iban(r), businessID(r), letters(r), 1+r.IntN(999), 150000+r.IntN(300000), 600000+r.IntN(700000))
		fmt.Fprintf(out, "%d;%d;%s;%d,%02d;%s;2026-%02d-%02dT%02d:%02d:00;%d,%02d;%s;", 1+r.IntN(5), 1+r.IntN(8),
			pick("opettaja", "sairaanhoitaja", "insinööri", "myyjä", "eläkeläinen", "opiskelija", "kirvesmies", "kuljettaja"),
			8000+r.IntN(90000), r.IntN(100), pick("I10", "E11.9", "J45", "F32.1", "M54", "", "", ""),
			1+r.IntN(12), 1+r.IntN(28), 8+r.IntN(9), 5*r.IntN(12), r.IntN(200), r.IntN(100), pick("vastaanotto", "etävastaanotto", "kotikäynti"))
		fmt.Fprintf(out, "\"%s oli %s; %s %d\"\n", pick("Palvelu", "Odotus", "Käynti"), pick("nopeaa", "hidasta", "sujuvaa"),
			pick("kiitos kaikille hoitajille", "toivon parempaa ensi kerralla", "aika vaihtui kahdesti"), r.IntN(1e6))
	}
	return out.Flush()
}

func capital(names []string) []string {
	out := make([]string, len(names))
	for i, n := range names {
		r, size := utf8.DecodeRuneInString(n)
		out[i] = string(unicode.ToUpper(r)) + n[size:]
	}
	return out
}

func ascii(s string) string {
	return strings.NewReplacer("ä", "a", "ö", "o", "å", "a").Replace(strings.ToLower(s))
}

func letters(r *rand.Rand) string {
	b := make([]byte, 3)
	for i := range b {
		b[i] = byte('A' + r.IntN(26))
	}
	return string(b)
}

// iban makes an account number with right check digits.
func iban(r *rand.Rand) string {
	digits := fmt.Sprintf("%014d", r.Int64N(1e14))
	m := 0
	for _, c := range digits + "151800" { // FI is 15 18
		m = (m*10 + int(c-'0')) % 97
	}
	return fmt.Sprintf("FI%02d%s", 98-m, digits)
}

// businessID makes a Business ID with a right check digit.
func businessID(r *rand.Rand) string {
	for {
		n := 1_000_000 + r.IntN(2_500_000)
		s := fmt.Sprintf("%07d", n)
		sum := 0
		for i, w := range [7]int{7, 9, 10, 5, 8, 4, 2} {
			sum += int(s[i]-'0') * w
		}
		switch rest := sum % 11; rest {
		case 0:
			return s + "-0"
		case 1:
		default:
			return fmt.Sprintf("%s-%d", s, 11-rest)
		}
	}
}
