// Package detect recognises what single values of a table look like: personal
// identity codes, addresses, numbers with checksums, dates and numbers. It
// judges one value at a time and keeps none; what a whole column is, is judged
// by shares elsewhere.
//
// A value is shaped when it has the form of a kind, and valid when it also
// passes the checks that the kind has. For kinds with a check digit the share of
// random values of the right shape that are valid is known ([Kind.Chance]).
package detect

import (
	"encoding/binary"
	"math/bits"
	"slices"
)

// Kind is something that a value may be.
type Kind uint8

// The kinds.
const (
	Hetu       Kind = iota // Finnish personal identity code
	BusinessID             // Finnish Business ID
	Email
	Phone
	IBAN
	Plate // vehicle registration plate
	IP
	MAC
	Hash // hexadecimal digest
	UUID // and other random keys
	PostalCode
	Address  // street name and number
	Name     // given or family name of a person
	FullName // given name and more
	Position // coordinates in one value
	// Given and Family count the single names of [Name] apart.
	Given
	Family
	Kinds
)

var kindNames = [Kinds]string{"hetu", "business_id", "email", "phone", "iban", "plate", "ip", "mac", "hash", "token", "postal_code", "address", "name", "full_name", "coordinate", "given_name", "family_name"}

func (k Kind) String() string { return kindNames[k] }

// ParseKind returns the kind with the name.
func ParseKind(name string) (Kind, bool) {
	for k, n := range kindNames {
		if n == name {
			return Kind(k), true
		}
	}
	return 0, false
}

// Chance is the share of random values of the right shape that pass the check
// digit, or 0 for kinds without one: 31 check characters of the personal
// identity code, 10 of 11 remainders of the Business ID, 97 of IBAN.
func (k Kind) Chance() float64 {
	switch k {
	case Hetu:
		return 1.0 / 31
	case BusinessID:
		return 1.0 / 11
	case IBAN:
		return 1.0 / 97
	}
	return 0
}

// Class is a set of the characters in a value.
type Class uint16

// The classes of characters.
const (
	Digit Class = 1 << iota
	Upper
	Lower
	High // not ASCII
	Space
	At
	Dot
	Comma
	Minus
	Plus
	Colon
	Paren
	Slash
	Other
	letters = Upper | Lower | High
)

var classOf = func() (t [256]Class) {
	for i := range t {
		c := byte(i)
		switch {
		case isDigit(c):
			t[i] = Digit
		case c >= 'A' && c <= 'Z':
			t[i] = Upper
		case c >= 'a' && c <= 'z':
			t[i] = Lower
		case c >= 0x80:
			t[i] = High
		case c == ' ', c == '\t':
			t[i] = Space
		case c == '@':
			t[i] = At
		case c == '.':
			t[i] = Dot
		case c == ',':
			t[i] = Comma
		case c == '-':
			t[i] = Minus
		case c == '+':
			t[i] = Plus
		case c == ':':
			t[i] = Colon
		case c == '(', c == ')':
			t[i] = Paren
		case c == '/':
			t[i] = Slash
		default:
			t[i] = Other
		}
	}
	return t
}()

// ClassOf is the set of the characters in a value.
func ClassOf(b []byte) Class {
	var c Class
	for ; len(b) >= 4; b = b[4:] {
		c |= classOf[b[0]] | classOf[b[1]] | classOf[b[2]] | classOf[b[3]]
	}
	for _, x := range b {
		c |= classOf[x]
	}
	return c
}

// Count is how often a kind was seen.
type Count struct {
	// Shaped values have the form, Valid ones pass the checks too; Inside counts
	// values within which a valid one stands among other text.
	Shaped, Valid, Inside int64
}

// Counts are the counts of all kinds.
type Counts [Kinds]Count

// Merge adds other counts.
func (c *Counts) Merge(o *Counts) {
	for k := range c {
		c[k].Shaped += o[k].Shaped
		c[k].Valid += o[k].Valid
		c[k].Inside += o[k].Inside
	}
}

func (c *Counts) found(k Kind, valid bool, n int64) {
	c[k].Shaped += n
	if valid {
		c[k].Valid += n
	}
}

// Detector knows the words by which people and places are recognised.
type Detector struct {
	names map[string]nameKind
	// stems are the names as they are before an ending.
	stems map[string]nameKind
	// streets are the ends of the names of streets, streetForms those in all cases,
	// by their last byte.
	streets, streetForms      [256][]string
	cues, plateCues, notNames map[string]bool
}

type nameKind uint8

const (
	given nameKind = 1 << iota
	family
	also // a word as well
)

// New makes a detector.
func New(w Words) *Detector {
	d := &Detector{names: make(map[string]nameKind, len(w.Given)+len(w.Family)), stems: make(map[string]nameKind, 2*len(w.Family)),
		cues: set(w.NameCues), plateCues: set(w.PlateCues), notNames: set(w.NotNames)}
	for _, n := range w.Given {
		d.names[n] |= given
	}
	for _, n := range w.Family {
		d.names[n] |= family
	}
	for _, n := range w.Also {
		if d.names[n]&given > 0 {
			d.names[n] |= also
		}
	}
	for n, k := range d.names {
		for _, s := range stemsOf(n) {
			d.stems[s] |= k
		}
	}
	add := func(to *[256][]string, s string) {
		if last := s[len(s)-1]; !slices.Contains(to[last], s) {
			to[last] = append(to[last], s)
		}
	}
	for _, s := range w.Streets {
		add(&d.streets, s)
		add(&d.streetForms, s)
		for _, stem := range stemsOf(s) {
			for _, end := range endings {
				add(&d.streetForms, stem+end)
			}
		}
	}
	return d
}

func set(words []string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}

// Scan adds what a value is to the counts, n times. b has no white space at its
// ends; class is its class.
func (d *Detector) Scan(b []byte, class Class, c *Counts, n int64) {
	if class&Digit == 0 {
		d.words(b, class, c, n)
		return
	}
	switch l := len(b); {
	case class&^(Digit|Minus|Plus|Space|Paren) == 0:
		d.numeric(b, class, c, n)
		return
	case l == 11 && hetuShaped(b):
		c.found(Hetu, validHetu(b), n)
		return
	case class&Dot != 0 && isDottedMAC(b):
		c.found(MAC, true, n)
		return
	case class&^(Digit|Dot) == 0:
		if ipShaped(b) {
			c.found(IP, validIPv4(b), n)
		}
		return
	case l == 10 && class&letters != 0 && isVAT(b):
		c.found(BusinessID, validBusinessDigits(b[2:]), n)
		return
	case class&(Colon|Minus) != 0 && l == 17 && isMAC(b):
		c.found(MAC, true, n)
		return
	case class&Colon != 0 && class&^(Digit|Upper|Lower|Colon|Dot) == 0 && isIPv6(b):
		c.found(IP, true, n)
		return
	case l >= 4 && l <= 7 && plateShaped(b):
		c.found(Plate, true, n)
		return
	case class&^(Digit|Upper|Lower|Minus) == 0 && l >= 4 && d.token(b, class, c, n):
		return
	case class&Space != 0 && class&letters != 0 && isPostalPlace(b):
		c.found(PostalCode, b[0] != '0' || b[1] != '0' || b[2] != '0', n)
		return
	case l >= 15 && l <= 42 && ibanShaped(b):
		c.found(IBAN, validIBAN(b), n)
		return
	}
	switch {
	case class&At != 0 && isEmail(b, class):
		c.found(Email, true, n)
		return
	case len(b) >= leastKey && class&(Space|At|Comma|Paren) == 0 && isKey(b, class):
		kind := UUID
		if isPassword(b) {
			kind = Hash
		}
		c.found(kind, true, n)
		return
	case class&(Dot|High) != 0 && len(b) >= 9 && len(b) <= 80 && (isDigit(b[0]) || b[0] == '-' || b[0]|' ' == 'p') && isPosition(b, class):
		c.found(Position, true, n)
		return
	}
	if class&letters != 0 && d.isAddress(b) {
		c.found(Address, true, n)
		if class&Comma != 0 && d.nameInside(b) {
			c[Name].Inside += n
		}
		if class&Comma != 0 && len(b) > 20 && phoneInside(b) {
			c[Phone].Inside += n
		}
		return
	}
	d.inside(b, class, c, n)
}

// numeric looks at values of digits with separators.
func (d *Detector) numeric(b []byte, class Class, c *Counts, n int64) {
	switch {
	case len(b) == 11 && hetuShaped(b):
		c.found(Hetu, validHetu(b), n)
		return
	case len(b) == 9 && b[7] == '-' && businessShaped(b):
		c.found(BusinessID, validBusinessDigits(b), n)
		return
	case len(b) == 5 && class == Digit:
		c.found(PostalCode, b[0] != '0' || b[1] != '0' || b[2] != '0', n)
		return
	}
	if phoneShaped(b) {
		c.found(Phone, validPhone(b, class), n)
		return
	}
	if len(b) > 11 {
		d.inside(b, class, c, n)
	}
}

// words looks at values without digits.
func (d *Detector) words(b []byte, class Class, c *Counts, n int64) {
	if class&At != 0 {
		if isEmail(b, class) {
			c.found(Email, true, n)
			return
		}
		if emailInside(b) {
			c[Email].Inside += n
		}
		d.text(b, class, c, n)
		return
	}
	if class&letters == 0 {
		return
	}
	if class&^(Lower|Upper) == 0 && len(b) >= 32 && isHex(b) {
		c.found(Hash, isDigestLength(len(b)), n)
		return
	}
	if class&^(letters|Space|Minus|Dot|Comma) == 0 && len(b) <= 60 && d.name(b, c, n) {
		return
	}
	if class&Space != 0 {
		d.text(b, class, c, n)
	}
}

// token looks at codes of letters and digits.
func (d *Detector) token(b []byte, class Class, c *Counts, n int64) bool {
	switch l := len(b); {
	case l >= 32 && class&Minus == 0 && isHex(b):
		c.found(Hash, isDigestLength(l), n)
	case l == 36 && isUUID(b):
		c.found(UUID, true, n)
	case class&Minus == 0 && l >= 15 && l <= 34 && ibanShaped(b):
		c.found(IBAN, validIBAN(b), n)
	case l >= leastKey && isKey(b, class):
		c.found(UUID, true, n)
	default:
		return false
	}
	return true
}

// inside looks for identifiers among other text.
func (d *Detector) inside(b []byte, class Class, c *Counts, n int64) {
	if class&At != 0 && emailInside(b) {
		c[Email].Inside += n
	}
	if class&letters != 0 && class&Space != 0 {
		d.text(b, class, c, n)
	}
	if countDigits(b) < 8 {
		return // the others have eight at least, and most texts fewer
	}
	if len(b) > 11 && hetuInside(b) {
		c[Hetu].Inside += n
	}
	if class&Upper != 0 && len(b) > 20 && ibanInside(b) {
		c[IBAN].Inside += n
	}
	if class&letters != 0 && len(b) > 12 && phoneInside(b) {
		c[Phone].Inside += n
	}
}

// countDigits counts the digits of a text, eight bytes at a time.
func countDigits(b []byte) (n int) {
	const ones, low, high = 0x0101010101010101, 0x7f7f7f7f7f7f7f7f, 0x8080808080808080
	for ; len(b) >= 8; b = b[8:] {
		w := binary.LittleEndian.Uint64(b) ^ '0'*ones // a digit is 0 to 9 now
		n += bits.OnesCount64(^(w&low + (0x7f-9)*ones | w) & high)
	}
	for _, c := range b {
		if isDigit(c) {
			n++
		}
	}
	return n
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
func isUpper(c byte) bool { return c >= 'A' && c <= 'Z' }
func isLower(c byte) bool { return c >= 'a' && c <= 'z' }
func isAlnum(c byte) bool { return isDigit(c) || isUpper(c) || isLower(c) }
func isWord(c byte) bool  { return isAlnum(c) || c >= 0x80 }
