package evidence

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"puntari/internal/detect"
)

// Name is the name of a column as it may be shown. What a header says is
// masked when it looks like personal data itself: then the name is the column's
// number.
type Name struct {
	text string
	// Masked tells that the header is not shown.
	Masked bool
}

func (n Name) String() string { return n.text }

// longestName is the longest header that is shown; longer ones are text, not
// names, or data taken for a header.
const longestName = 200

// names are the names to be shown for the headers of a table: numbers for those
// that are empty or masked, and different names for columns with the same one.
func names(headers []string, d *detect.Detector, mask func(i int) bool) []Name {
	out := make([]Name, len(headers))
	taken := map[string]int{}
	for i, h := range headers {
		masked := personal(h, d) || slices.ContainsFunc(strings.FieldsFunc(h, between), func(word string) bool { return personal(word, d) }) || mask(i)
		if h == "" || masked || utf8.RuneCountInString(h) > longestName {
			h = fmt.Sprintf("column_%d", i+1)
		}
		taken[h]++
		if n := taken[h]; n > 1 {
			h = fmt.Sprintf("%s (%d)", h, n)
			taken[h]++
		}
		out[i] = Name{text: h, Masked: masked}
	}
	return out
}

// between tells whether a character stands between the cells of a row that was
// taken for one header, because what separates them was not recognised.
func between(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune(",;|=<>()[]\"'", r)
}

// personal tells whether a text is itself an identifier: any kind that has a
// check or a form of its own, and names of people that consist of two words.
func personal(text string, d *detect.Detector) bool {
	v := trim([]byte(text))
	if len(v) == 0 {
		return false
	}
	var c detect.Counts
	d.Scan(v, detect.ClassOf(v), &c, 1)
	for _, k := range []detect.Kind{detect.Hetu, detect.BusinessID, detect.Email, detect.Phone, detect.IBAN, detect.MAC, detect.Hash, detect.UUID, detect.Address, detect.IP, detect.FullName} {
		if c[k].Valid+c[k].Inside > 0 {
			return true
		}
	}
	return c[detect.Hetu].Shaped+c[detect.IBAN].Shaped > 0
}
