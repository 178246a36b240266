package evidence

import (
	"math"
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"

	"puntari/internal/checklist"
	"puntari/internal/detect"
	"puntari/internal/facts"
)

// Some kinds have neither a check nor a form of their own, but columns of them
// have a structure: positions come in pairs within the ranges of a grid, postal
// codes end with a zero, plates have all letters, given names stand beside family
// names. It is looked for where the name of a column says nothing.

// letterGroups are the groups of three letters that were seen, one bit for each.
type letterGroups [26 * 26 * 26 / 64 * 2]uint64

// add notes the first three letters of a value.
func (g *letterGroups) add(v []byte) *letterGroups {
	i := 0
	for _, c := range v[:3] {
		if c < 'A' || c > 'Z' {
			return g
		}
		i = i*26 + int(c-'A')
	}
	if g == nil {
		g = new(letterGroups)
	}
	g[i/64] |= 1 << (i % 64)
	return g
}

func (g *letterGroups) merge(o *letterGroups) *letterGroups {
	if g == nil || o == nil {
		if g == nil {
			return o
		}
		return g
	}
	for i, w := range o {
		g[i] |= w
	}
	return g
}

func (g *letterGroups) count() (n int) {
	if g == nil {
		return 0
	}
	for _, w := range g {
		n += bits.OnesCount64(w)
	}
	return n
}

// five notes a value of five digits.
func (o *observation) five(v []byte, n int64) {
	o.fives += n
	if v[4] == '0' {
		o.tens += n
	}
	if v[0] == '0' {
		o.padded += n
	}
}

// structures looks at what columns have in common.
func (m *measurement) structures(seen []*observation) {
	s := &m.rules.Structures
	for i := range m.result.Columns {
		c, o := &m.result.Columns[i], seen[i]
		if c.Distinct < s.Values || c.has(detect.Hetu) {
			continue
		}
		switch {
		case m.silent(c) && m.arePlates(c, o):
			m.judgment.assume(c, o, detect.Plate)
		case m.arePostalCodes(c, o):
			m.judgment.assume(c, o, detect.PostalCode)
		}
		if i+1 == len(m.result.Columns) {
			continue
		}
		next := &m.result.Columns[i+1]
		if next.Distinct < s.Values {
			continue
		}
		if m.arePositions(c, next, o, seen[i+1]) || m.arePositions(next, c, seen[i+1], o) {
			m.position(c, o)
			m.position(next, seen[i+1])
		}
		if m.areNames(o, seen[i+1]) || m.areNames(seen[i+1], o) {
			m.judgment.assume(c, o, detect.Name)
			m.judgment.assume(next, seen[i+1], detect.Name)
		}
	}
}

// silent tells whether the name of a column says nothing of what it holds: there
// is none, or it has words of a few letters and for columns only.
func (m *measurement) silent(c *Column) bool {
	const short = 3
	if c.Name.Masked || c.Attribute.text != "" {
		return c.Name.Masked
	}
	for _, w := range facts.Words(c.Name.text) {
		if w = strings.TrimRight(w, "0123456789"); utf8.RuneCountInString(w) > short && !slices.Contains(m.rules.Structures.SilentNames, w) {
			return false
		}
	}
	return true
}

// has tells whether a column consists of a kind.
func (c *Column) has(k detect.Kind) bool {
	for _, f := range c.Findings {
		if f.Kind == k && f.Verdict == Is {
			return true
		}
	}
	return false
}

func share(n, of int64) float64 {
	if of == 0 {
		return 0
	}
	return float64(n) / float64(of)
}

// arePlates tells whether a column of values in the form of plates has as many
// groups of letters as plates have that are given in turn. Codes of products have
// few.
func (m *measurement) arePlates(c *Column, o *observation) bool {
	const groups = 22 * 22 * 22 // without letters that are seldom given
	s := &m.rules.Structures
	expected := groups * (1 - math.Exp(-float64(c.Distinct)/groups))
	return share(o.counts[detect.Plate].Valid, o.filled) >= s.Share && float64(o.plates.count()) >= s.PlateGroups*expected
}

// arePostalCodes tells whether a column of five digits is one of postal codes:
// some begin with a zero, as numbers do not, and nearly all end with one, as the
// codes of areas with homes do.
func (m *measurement) arePostalCodes(c *Column, o *observation) bool {
	s := &m.rules.Structures
	return c.Attribute.text == "" && share(o.fives, o.filled) >= s.Share && share(o.padded, o.fives) >= s.PostalPadded && share(o.tens, o.fives) >= s.PostalTens
}

// areNames tells whether one column holds given names and another family names.
func (m *measurement) areNames(given, family *observation) bool {
	s := &m.rules.Structures
	return share(given.counts[detect.Given].Valid, given.filled) >= s.GivenNames && share(family.counts[detect.Family].Valid, family.filled) >= s.FamilyNames
}

// arePositions tells whether two columns of numbers are within the ranges of one
// of the grids.
func (m *measurement) arePositions(north, east *Column, n, e *observation) bool {
	free := func(c *Column) bool {
		return (c.Type == TypeNumber || c.Type == TypeInteger) && (c.Attribute.text == "" || c.Attribute.text == "coordinate") && (c.Role == NoRole || c.Role == MeasureRole || c.Role == QuasiIdentifier)
	}
	if !free(north) || !free(east) || north.Metres > 0 && east.Metres > 0 {
		return false
	}
	for i := range m.rules.Structures.Grids {
		g := &m.rules.Structures.Grids[i]
		if within(n, g.North, g) && within(e, g.East, g) {
			return true
		}
	}
	return false
}

func within(o *observation, r [2]float64, g *checklist.Grid) bool {
	return o.decimals >= g.Decimals && o.minNumber >= r[0] && o.maxNum <= r[1]
}

func (m *measurement) position(c *Column, o *observation) {
	c.Metres = resolution(o)
	if c.Attribute.text == "" {
		c.Role, c.Basis, c.Attribute = QuasiIdentifier, ByContent, ID{"coordinate"}
	}
}

// assume adds the finding that a column consists of a kind.
func (j *judge) assume(c *Column, o *observation, k detect.Kind) {
	r := j.detectors[k]
	if r == nil || c.has(k) {
		return
	}
	f := Finding{Kind: k, Verdict: Is, Count: o.counts[k], Persons: r.Persons}
	at := 0
	for at < len(c.Findings) && c.Findings[at].Kind < k {
		at++
	}
	if at < len(c.Findings) && c.Findings[at].Kind == k {
		c.Findings[at] = f
	} else {
		c.Findings = append(c.Findings[:at:at], append(Findings{f}, c.Findings[at:]...)...)
	}
	j.byContent(c, f)
	if c.Attribute.text == "" && k == detect.PostalCode {
		c.Role, c.Basis, c.Attribute = QuasiIdentifier, ByContent, ID{"postal_code"}
	}
}

// byContent gives a column the role of what it consists of, where that is the
// graver one.
func (j *judge) byContent(c *Column, f Finding) {
	r := j.detectors[f.Kind]
	if f.Verdict != Is || r.Role == "" {
		return
	}
	role := parseRole(r.Role)
	switch {
	case (c.Basis == ByName || c.Basis == ByNameAlone) && c.Role == role:
		c.Basis = ByBoth
	case c.Basis == ByNothing, roleCaution(role) > roleCaution(c.Role):
		c.Role, c.Basis = role, ByContent
		if a := contentAttributes[f.Kind]; c.Attribute.text == "" && a != "" {
			c.Attribute = ID{a}
		}
	}
}

// contentAttributes are the attributes of columns that consist of a kind.
var contentAttributes = map[detect.Kind]string{detect.Address: "address", detect.Position: "coordinate"}

// backed tells whether enough values are of a type that the attribute of a
// column can have. Attributes without a rule need no support.
func (j *judge) backed(c *Column, o *observation) bool {
	for i := range j.rules.Contents {
		r := &j.rules.Contents[i]
		if r.Attribute != c.Attribute.text {
			continue
		}
		n := int64(0)
		for _, t := range r.Types {
			switch t {
			case TypeDate.String():
				n += o.types[detect.Date] + o.types[detect.DateTime] + o.compact
			case TypeYear.String():
				n += o.years
			}
		}
		return share(n, o.filled) >= r.Share
	}
	return true
}
