package tables

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"
)

// row is what the cells of one row have in common.
type row struct {
	*rand.Rand
	n   int // its number, from 0
	who person
}

// person is somebody who does not exist.
type person struct {
	given, second, family string
	born                  time.Time
	swedish               bool
}

// somebody returns a new person, of an age that is usual in the row's file.
func (r *row) somebody(from, to int) person {
	p := person{born: r.date(from, to)}
	switch x := r.IntN(100); {
	case x < 48:
		p.given, p.second, p.family = pick(r, givenFi...), pick(r, givenFi...), pick(r, familyFi...)
	case x < 86:
		p.given, p.second, p.family, p.swedish = pick(r, givenSv...), pick(r, givenSv...), pick(r, familySv...), true
	default:
		p.given, p.second, p.family = pick(r, givenElse...), pick(r, givenElse...), pick(r, familyElse...)
	}
	return p
}

// pick returns one of several.
func pick[T any](r *row, from ...T) T { return from[r.IntN(len(from))] }

// cell is a text and what it holds.
type cell struct {
	text  string
	holds []Kind
	told  []string // what a longer text tells of a person
}

// maker makes the cell of a row.
type maker func(*row) cell

// of makes cells that hold a kind.
func of(kind Kind, text func(*row) string) maker {
	return func(r *row) cell { return cell{text: text(r), holds: []Kind{kind}} }
}

// plain makes cells that hold nothing that is looked for.
func plain(text func(*row) string) maker {
	return func(r *row) cell { return cell{text: text(r)} }
}

// one makes cells of a few texts.
func one(texts ...string) maker {
	return plain(func(r *row) string { return pick(r, texts...) })
}

// skewed makes cells of a few texts, the first ones more often than the last.
func skewed(texts ...string) maker {
	return plain(func(r *row) string { return texts[int(float64(len(texts))*r.Float64()*r.Float64())] })
}

// filled leaves cells blank except for a share.
func filled(share float64, m maker, blanks ...string) maker {
	return func(r *row) cell {
		if r.Float64() < share {
			return m(r)
		}
		if len(blanks) == 0 {
			return cell{}
		}
		return cell{text: pick(r, blanks...)}
	}
}

// either makes cells of one maker for a share of the rows, else of another.
func either(share float64, a, b maker) maker {
	return func(r *row) cell {
		if r.Float64() < share {
			return a(r)
		}
		return b(r)
	}
}

// as writes the cells in another way.
func as(m maker, change func(string) string) maker {
	return func(r *row) cell {
		c := m(r)
		c.text = change(c.text)
		return c
	}
}

// number makes whole numbers from and to, both included.
func number(from, to int) maker {
	return plain(func(r *row) string { return strconv.Itoa(from + r.IntN(to-from+1)) })
}

// counting makes the numbers of the rows.
func counting(format string, first int) maker {
	return plain(func(r *row) string { return fmt.Sprintf(format, first+r.n) })
}

// decimal makes numbers with a decimal comma, and thousands apart by what is
// given.
func decimal(most float64, places int, apart string) maker {
	return plain(func(r *row) string {
		whole, rest, _ := strings.Cut(strconv.FormatFloat(r.Float64()*r.Float64()*most, 'f', places, 64), ".")
		if n := len(whole); n > 3 && apart != "" {
			whole = whole[:n-3] + apart + whole[n-3:]
		}
		if rest == "" {
			return whole
		}
		return whole + "," + rest
	})
}

// when makes dates or times in a layout of package time.
func when(layout string, from, to int) maker {
	return of(Time, func(r *row) string {
		return r.date(from, to).Add(time.Duration(r.IntN(24*3600)) * time.Second).Format(layout)
	})
}

// Layouts of dates and times.
const (
	finnish   = "2.1.2006"
	iso       = "2006-01-02"
	isoTime   = "2006-01-02T15:04:05"
	isoZone   = "2006-01-02T15:04:05Z"
	compact   = "20060102"
	shortYear = "02.01.06"
	british   = "02/01/2006"
	clock     = "2.1.2006 15.04"
)

// Cells of the person of the row.
var (
	hetu    = of(Hetu, func(r *row) string { return r.identityCode(r.who.born, false) })
	hetuNew = of(Hetu, func(r *row) string { return r.identityCode(r.who.born, r.IntN(3) == 0) })
	given   = of(Name, func(r *row) string { return r.who.given })
	family  = of(Name, func(r *row) string { return r.who.family })
	full    = of(Name, func(r *row) string { return r.who.given + " " + r.who.family })
	turned  = of(Name, func(r *row) string { return r.who.family + " " + r.who.given })
	indexed = of(Name, func(r *row) string { return r.who.family + ", " + r.who.given + " " + r.who.second })
	initial = of(Name, func(r *row) string { return string([]rune(r.who.given)[:1]) + ". " + r.who.family })
	email   = of(Email, func(r *row) string {
		return ascii(r.who.given) + pick(r, ".", ".", "_", "") + ascii(r.who.family) + "@" + pick(r, "post.example", "mejl.example", "lugnvik.example", "suvantola.example.fi")
	})
	office = of(Email, func(r *row) string {
		return pick(r, "info", "myynti", "kontakt") + "@" + ascii(pick(r, firms...)) + ".example"
	})
	phone     = of(Phone, (*row).phone)
	landline  = of(Phone, (*row).landline)
	plate     = of(Plate, (*row).plate)
	business  = of(BusinessID, (*row).businessID)
	ibanFlat  = of(IBAN, func(r *row) string { return r.iban("FI") })
	ibanParts = of(IBAN, func(r *row) string { return grouped(r.iban("FI"), 4, " ") })
	age       = of(Age, func(r *row) string { return strconv.Itoa(2026 - r.who.born.Year()) })
	postal    = of(PostalCode, func(r *row) string { return fmt.Sprintf("678%02d", 10*r.IntN(7)) })
	anyPostal = of(PostalCode, func(r *row) string { return fmt.Sprintf("%05d", 100+r.IntN(990)*100+r.IntN(5)*10) })
	address   = either(0.4, addressSv, addressFi)
	addressFi = of(Address, func(r *row) string {
		street := pick(r, streetsFi...)
		if r.IntN(12) == 0 {
			street = pick(r, streetsFiLong...)
		}
		return street + " " + r.house("as")
	})
	addressSv = of(Address, func(r *row) string { return pick(r, streetsSv...) + " " + r.house("bst") })
	ipv4      = of(IP, func(r *row) string {
		return fmt.Sprintf("10.%d.%d.%d", 20+r.IntN(12), r.IntN(256), 1+r.IntN(254))
	})
	publicIP = of(IP, func(r *row) string {
		return pick(r, "192.0.2.", "198.51.100.", "203.0.113.") + strconv.Itoa(1+r.IntN(254))
	})
	ipv6 = of(IP, func(r *row) string {
		return fmt.Sprintf("2001:db8:%x:%x::%x", r.IntN(65536), r.IntN(65536), 1+r.IntN(65535))
	})
	mac     = of(MAC, func(r *row) string { return grouped(r.from(hexDigits, 12), 2, ":") })
	macDash = of(MAC, func(r *row) string { return strings.ToUpper(grouped(r.from(hexDigits, 12), 2, "-")) })
	macDots = of(MAC, func(r *row) string { return grouped(r.from(hexDigits, 12), 4, ".") })
	uuid    = of(Token, (*row).uuid)
	firm    = plain(func(r *row) string {
		if r.IntN(3) == 0 {
			return pick(r, familyFi...) + " " + pick(r, firmTails...)
		}
		return pick(r, places...) + " " + pick(r, firms...) + " " + pick(r, firmTails...)
	})
	municipality = of(Municipality, func(r *row) string { return pick(r, municipalities...)[:3] })
)

// born makes the date of birth of the person of the row.
func born(layout string) maker {
	return of(BirthDate, func(r *row) string { return r.who.born.Format(layout) })
}

// house returns the number of a house, often with stairs and a flat.
func (r *row) house(flat string) string {
	s := strconv.Itoa(1 + r.IntN(48))
	switch r.IntN(6) {
	case 0:
		s += " " + r.from("ABCDE", 1) + " " + strconv.Itoa(1+r.IntN(60))
	case 1:
		s += r.from("abc", 1)
	case 2:
		s += " " + r.from("ABC", 1) + " " + flat + " " + strconv.Itoa(1+r.IntN(30))
	case 3:
		s += "-" + strconv.Itoa(50+r.IntN(4))
	}
	return s
}

// digest makes hexadecimal digits.
func digest(n int) maker {
	return of(Hash, func(r *row) string { return r.from(hexDigits, n) })
}

// secret makes keys of letters and digits.
func secret(n int) maker {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	return of(Token, func(r *row) string { return r.from(alphabet, n) })
}

// metres makes a coordinate of a map, north or east of the city.
func metres(centre, width float64, format string) maker {
	return of(Coordinate, func(r *row) string { return fmt.Sprintf(format, centre+(r.Float64()-0.5)*width) })
}

// ascii writes a name as in an address of mail.
func ascii(s string) string {
	return strings.NewReplacer("å", "a", "ä", "a", "ö", "o", "õ", "o", " ", ".").Replace(strings.ToLower(s))
}

func comma(s string) string { return strings.Replace(s, ".", ",", 1) }

// Sentences of feedback, without anything of a person.
var (
	saidFi = []string{"Katuvalo on ollut pimeänä jo monta viikkoa.", "Suojatien kohdalla on vaarallinen kuoppa.", "Kiitos hyvästä palvelusta kirjastossa!",
		"Roskis on täynnä ja linnut levittävät jätteet.", "Miksi leikkipuiston keinua ei ole korjattu?", "Hiekoitus jäi tekemättä ja äitini kaatui.",
		"Toivoisin lisää penkkejä rantareitin varrelle.", "Bussi ei pysähtynyt, vaikka viitoin ajoissa.", "Naapurin koira haukkuu öisin, ja olemme väsyneitä.",
		"Hakemukseen ei ole vastattu, vaikka siitä on jo kaksi kuukautta."}
	saidSv = []string{"Gatlampan har varit släckt i flera veckor.", "Tack för fin service på biblioteket!", "Det är halt på trottoaren och ingen har sandat.",
		"Varför är gungan i lekparken fortfarande trasig?", "Papperskorgen är full och skräpet ligger överallt.", "Bussen kör för fort förbi skolan på morgnarna.",
		"Vi skulle önska fler bänkar längs strandpromenaden.", "Grannens häck skymmer sikten i korsningen."}
	saidEn = []string{"The swimming pool was closed without notice.", "Please repair the lights of the cycle path.", "The form cannot be sent on a phone.",
		"Great exhibition, the children loved it.", "I have waited three weeks for a reply.", "There is broken glass in the sandpit."}
)

// said makes feedback of a few sentences; in a share of the cells the writer
// tells something of a person.
func said(share float64, sentences []string, told ...maker) maker {
	return func(r *row) cell {
		c := cell{holds: []Kind{FreeText}}
		var parts []string
		for range 1 + r.IntN(4) {
			parts = append(parts, pick(r, sentences...))
		}
		if len(told) > 0 && r.Float64() < share {
			more := pick(r, told...)(r)
			parts, c.told = append(parts, more.text), more.told
			c.holds = append(c.holds, more.holds...)
		}
		c.text = strings.Join(parts, " ")
		return c
	}
}

// told puts a cell into a sentence with one %s.
func told(sentence string, m maker) maker {
	return func(r *row) cell {
		c := m(r)
		c.text, c.told = strings.Replace(sentence, "%s", c.text, 1), []string{c.text}
		return c
	}
}
