package detect

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Words are what people and places are recognised by, all in lower case.
type Words struct {
	// Given and Family are names of people. Also are given names that are words as
	// well, which sentences may begin with.
	Given, Family, Also []string
	// Streets are the ends of the names of streets.
	Streets []string
	// NameCues stand before the name of a person within a text, PlateCues before
	// the plate of a vehicle; NotNames are words that make the name of a company of
	// what stands before.
	NameCues, PlateCues, NotNames []string
}

// Names within a text are told by two words that belong together, of which one is
// known:
//
//   - a given name and a word with a capital letter: "Maija Virtasen"; at the
//     beginning of a sentence, and where the given name is a word as well, that
//     word has to be a known family name;
//   - a known family name and a given name behind it: "Virtanen, Maija";
//   - an initial and a known family name: "M. Virtasen";
//   - a cue and a known name, or two words: "rouva Virtasen", "terv. Maija",
//     "asiakas Ifrah Osman".
//
// Family names are known in the cases of Finnish and the genitive of Swedish. Not
// seen are single names without a cue, names in small letters, two unknown names,
// and names that are spelt wrongly.

// word is a word of a text on the way through it.
type word struct {
	text []byte
	// gap is what stands between the word before and it.
	gap []byte
	// capital tells that it begins with a capital letter.
	capital bool
	// first tells that a sentence begins with it.
	first bool
}

// text looks for people and places within a longer text.
func (d *Detector) text(b []byte, class Class, c *Counts, n int64) {
	if len(b) < 7 || class&(Upper|High) == 0 && class&Digit == 0 {
		return
	}
	if d.nameInside(b) {
		c[Name].Inside += n
	}
	if class&Digit == 0 {
		return
	}
	if d.addressInside(b) {
		c[Address].Inside += n
	}
	if class&Upper != 0 && class&Minus != 0 && d.plateInside(b) {
		c[Plate].Inside += n
	}
}

// nameInside tells whether the name of a person stands within a text.
func (d *Detector) nameInside(b []byte) bool {
	if !laterCapital(b) {
		return false
	}
	var earlier, before word
	for i := 0; i < len(b); {
		from := i
		for i < len(b) && !isWord(b[i]) {
			i++
		}
		gap := b[from:i]
		if from = i; i == len(b) {
			return false
		}
		for i < len(b) && (isWord(b[i]) || (b[i] == '-' || b[i] == '\'') && i+1 < len(b) && isWord(b[i+1])) {
			i++
		}
		w := word{text: b[from:i], gap: gap, capital: isCapital(b[from:])}
		if w.capital || before.capital {
			w.first = before.text == nil || bytes.ContainsAny(gap, ".!?\n")
		}
		// Nearly all words end here: they have no capital letter, or nothing before
		// them with which they could be a name.
		if w.capital && before.text != nil && len(gap) <= 2 && (d.together(&before, &w) || d.introduced(&earlier, &before, &w)) {
			return true
		}
		earlier, before = before, w
	}
	return false
}

// laterCapital tells whether a word after the beginning may have a capital letter.
// Most texts have none, and need not be taken apart.
func laterCapital(b []byte) bool {
	for i := 1; i < len(b); i++ {
		if (isUpper(b[i]) || b[i] >= 0x80) && !isWord(b[i-1]) {
			return true
		}
	}
	return false
}

func isCapital(b []byte) bool {
	if b[0] < 0x80 {
		return isUpper(b[0])
	}
	r, _ := utf8.DecodeRune(b)
	return unicode.IsUpper(r)
}

// together tells whether two words, the second with a capital letter, are a name.
func (d *Detector) together(a, b *word) bool {
	gap := string(b.gap)
	if !a.capital || gap == ": " || gap == ". " {
		if is(d.cues, a.text) && d.inflected(b.text) > 0 {
			return true
		}
	}
	switch {
	case !a.capital || len(a.text) > 40 || len(b.text) > 40:
		return false
	case gap == ". ":
		return utf8.RuneCount(a.text) == 1 && d.inflected(b.text)&family > 0
	case gap != " " && gap != ", ":
		return false
	}
	shout := isShout(a.text)
	if shout && utf8.RuneCount(a.text) > 1 != isShout(b.text) && shout {
		return false
	}
	first := d.known(a.text)
	switch {
	case first&given > 0 && gap == " ":
		second := d.inflected(b.text)
		switch {
		case is(d.notNames, b.text):
			return false
		case second&family > 0:
			return true
		case shout || a.first && first&also > 0:
			return false
		}
		return len(b.text) > 2 && (first&also == 0 || second > 0)
	case first&family > 0 && !shout:
		return d.known(b.text)&given > 0 && d.known(b.text)&also == 0
	case gap == " " && is(d.cues, a.text):
		return d.inflected(b.text) > 0
	}
	return false
}

// introduced tells whether a cue stands before two words with capital letters.
// The first one is no name when it looks like a genitive, as of a company in
// Finnish: "asiakas Helsingin Energia".
func (d *Detector) introduced(cue, a, b *word) bool {
	if cue.text == nil || !a.capital || len(a.gap) > 2 || string(b.gap) != " " || a.text[len(a.text)-1] == 'n' || isShout(a.text) || len(b.text) < 3 {
		return false
	}
	return is(d.cues, cue.text) && !is(d.notNames, b.text)
}

func isShout(w []byte) bool {
	for len(w) > 0 {
		r, n := utf8.DecodeRune(w)
		if unicode.IsLower(r) {
			return false
		}
		w = w[n:]
	}
	return true
}

// wordBuffer is room for a word in lower case, so that looking it up allocates
// nothing. Longer words are no names.
type wordBuffer [48]byte

// lower is a word in lower case, nothing when it is too long.
func lower(buf *wordBuffer, w []byte) []byte {
	if len(w) > len(buf) {
		return nil
	}
	copy(buf[:], w)
	out := buf[:len(w)]
	for i := 0; i < len(out); i++ {
		switch c := out[i]; {
		case isUpper(c):
			out[i] = c + 'a' - 'A'
		case c == 0xC3 && i+1 < len(out): // À to Þ
			if i++; out[i] >= 0x80 && out[i] <= 0x9E && out[i] != 0x97 {
				out[i] += 0x20
			}
		case c > 0xC3:
			return []byte(strings.ToLower(string(w)))
		}
	}
	return out
}

// is tells whether a word is in a set.
func is(set map[string]bool, w []byte) bool {
	var buf wordBuffer
	return set[string(lower(&buf, w))]
}

// known tells which names a word is, without an ending. Of given names with a
// hyphen the first part is looked at: "Marja-Liisa", but not "Marja-aika".
func (d *Detector) known(w []byte) nameKind {
	var buf wordBuffer
	if k := d.names[string(lower(&buf, w))]; k > 0 {
		return k
	}
	if i := bytes.IndexByte(w, '-'); i > 1 && i+1 < len(w) && isCapital(w[i+1:]) {
		return d.names[string(lower(&buf, w[:i]))] & (given | also)
	}
	return 0
}

// inflected tells which names a word is, in any case.
func (d *Detector) inflected(w []byte) nameKind {
	if k := d.known(w); k > 0 {
		return k
	}
	var buf wordBuffer
	s := lower(&buf, w)
	if i := bytes.LastIndexByte(s, '-'); i > 0 { // "Ylä-Outisen"
		s = s[i+1:]
	}
	if len(s) < 4 {
		return 0
	}
	for _, end := range endingsBy[s[len(s)-1]] {
		if n := len(s) - len(end); n > 2 && string(s[n:]) == end {
			if k := d.stems[string(s[:n])]; k > 0 {
				return k
			}
		}
	}
	return 0
}

// endingsBy are the endings by their last byte.
var endingsBy = func() (t [256][]string) {
	for _, e := range endings {
		last := e[len(e)-1]
		t[last] = append(t[last], e)
	}
	return t
}()

// endings are those of the cases of Finnish in which names stand, and of the
// genitive of Swedish and English.
var endings = []string{"n", "lle", "lta", "ltä", "lla", "llä", "sta", "stä", "ssa", "ssä", "a", "ä", "ta", "tä", "ksi", "na", "nä", "s", "'s"}

// stemsOf are the forms of a name to which endings are added: Virtase of Virtanen,
// Lehdo of Lehto, Mäe of Mäki, Holmbergi of Holmberg. There is one too many for
// some names, since how a name bends does not follow from its letters.
func stemsOf(name string) []string {
	if base, ok := strings.CutSuffix(name, "nen"); ok {
		return []string{base + "se", base + "s"}
	}
	last := name[len(name)-1]
	if !strings.ContainsRune("aeiouy", rune(last)) && last < 0x80 {
		out := []string{name, name + "i"}
		if base, ok := strings.CutSuffix(name, "s"); ok {
			out = append(out, base+"kse", base+"a")
		}
		return out
	}
	out := []string{name}
	if base, ok := strings.CutSuffix(name, "i"); ok {
		out = append(out, base+"e")
	}
	for _, s := range slices.Clone(out) {
		if weak, ok := weakened(s); ok {
			out = append(out, weak)
		}
	}
	if strings.HasSuffix(name, "e") {
		out = append(out, name+"e")
	}
	return out
}

// weakened is a stem with the consonants before its last vowel in the weak grade.
func weakened(s string) (string, bool) {
	_, n := utf8.DecodeLastRuneInString(s)
	head, vowel := s[:len(s)-n], s[len(s)-n:]
	for _, g := range [...][2]string{{"kk", "k"}, {"pp", "p"}, {"tt", "t"}, {"nk", "ng"}, {"mp", "mm"}, {"nt", "nn"}, {"lt", "ll"}, {"rt", "rr"}, {"ht", "hd"}, {"sk", "sk"}, {"st", "st"}, {"k", ""}, {"p", "v"}, {"t", "d"}} {
		if base, ok := strings.CutSuffix(head, g[0]); ok && len(base) > 0 {
			return base + g[1] + vowel, g[0] != g[1]
		}
	}
	return "", false
}

// addressInside tells whether the name of a street with the number of a house
// stands within a text: "asun osoitteessa Hämeentie 12 A 3", "Hämeentiellä 12".
func (d *Detector) addressInside(b []byte) bool {
	for i := 5; i < len(b); i++ {
		if !isDigit(b[i]) || b[i-1] != ' ' || !isLower(b[i-2]) && b[i-2] < 0x80 {
			continue
		}
		end := i
		for end < len(b) && isDigit(b[end]) {
			end++
		}
		// A number of a house has three digits at most and is no date or clock.
		if end-i > 3 || end+1 < len(b) && (b[end] == '.' || b[end] == ':' || b[end] == ',') && isDigit(b[end+1]) || end < len(b) && b[end] == '%' {
			i = end
			continue
		}
		from := i - 1
		for from > 0 && isWord(b[from-1]) {
			from--
		}
		if w := b[from : i-1]; d.isStreet(w) && isCapital(w) {
			return true
		}
		i = end
	}
	return false
}

// isStreet tells whether a word is the name of a street, in any case.
func (d *Detector) isStreet(w []byte) bool {
	var buf wordBuffer
	s := lower(&buf, w)
	if len(s) < 5 {
		return false
	}
	for _, end := range d.streetForms[s[len(s)-1]] {
		if n := len(s) - len(end); n > 1 && string(s[n:]) == end {
			return true
		}
	}
	return false
}

// plateInside tells whether the plate of a vehicle stands within a text, one to
// three words behind a cue. Without one it may be any code.
func (d *Detector) plateInside(b []byte) bool {
	for i := 2; i+1 < len(b); i++ {
		if b[i] != '-' || !isDigit(b[i+1]) || !isUpper(b[i-1]) || !isUpper(b[i-2]) {
			continue
		}
		from, end := i-2, i+1
		if from > 0 && isUpper(b[from-1]) {
			from--
		}
		for end < len(b) && isDigit(b[end]) {
			end++
		}
		if from > 0 && isWord(b[from-1]) || end < len(b) && isWord(b[end]) || !plateShaped(b[from:end]) {
			continue
		}
		words := bytes.FieldsFunc(b[:from], func(r rune) bool { return !unicode.IsLetter(r) })
		for k := len(words) - 1; k >= max(0, len(words)-3); k-- {
			if is(d.plateCues, words[k]) {
				return true
			}
		}
	}
	return false
}
