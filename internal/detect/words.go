package detect

import (
	"bytes"
)

// name tells whether a value is the name of a person. A single word is valid
// when it is in the lists, two to four words when one of them is a given name and
// the others may be names. Shaped are all values of capitalised words, of which
// the names of places and products are many. ok is false for other texts.
func (d *Detector) name(b []byte, c *Counts, n int64) (ok bool) {
	words := 0
	var known nameKind
	var buf wordBuffer
	for len(b) > 0 {
		i := 0
		for i < len(b) && isWord(b[i]) {
			i++
		}
		if i == 0 {
			b = b[1:]
			continue
		}
		w := b[:i]
		b = b[i:]
		if words++; words > 4 || !isCapital(w) {
			return false
		}
		if len(w) > 1 {
			known |= d.names[string(lower(&buf, w))]
		}
	}
	switch words {
	case 0:
		return false
	case 1:
		c.found(Name, known > 0, n)
		c.found(Given, known&given > 0, n)
		c.found(Family, known&family > 0, n)
	default:
		c.found(FullName, known&given > 0, n)
	}
	return true
}

// IsGiven tells whether a text is a given name that is no other word.
func (d *Detector) IsGiven(b []byte) bool {
	return len(b) > 0 && isCapital(b) && d.known(b)&(given|also) == given
}

// isAddress tells whether a text begins with the name of a street and the
// number of a house: "Esimerkkikatu 12 B 3", "Exempelgatan 5".
func (d *Detector) isAddress(b []byte) bool {
	if len(b) > 100 {
		return false
	}
	i, blanks, word := 0, 0, true
	for ; i < len(b) && !isDigit(b[i]); i++ {
		if b[i] == ' ' {
			blanks, word = blanks+1, false
		} else if !word {
			if blanks > 3 {
				return false // a sentence
			}
			word = true
		}
	}
	if i < 4 || i == len(b) || b[i-1] != ' ' {
		return false
	}
	street := bytes.TrimRight(b[:i], " ")
	last := street[bytes.LastIndexByte(street, ' ')+1:]
	var buf wordBuffer
	s := lower(&buf, last)
	if len(s) == 0 {
		return false
	}
	for _, end := range d.streets[s[len(s)-1]] {
		if n := len(s) - len(end); n >= 0 && len(street) > len(end) && string(s[n:]) == end {
			return true
		}
	}
	return false
}
