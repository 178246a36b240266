package evidence

import (
	"math"
	"slices"

	"puntari/internal/checklist"
	"puntari/internal/detect"
	"puntari/internal/facts"
)

// judge applies the rules of checklists/evidence.yaml to what was counted.
type judge struct {
	rules      *checklist.Evidence
	lexicon    *facts.ColumnNames
	attributes *facts.ColumnNames
	detectors  [detect.Kinds]*checklist.DetectorRule
	year       int // of the file
}

func newJudge(c *checklist.Catalogue, year int) *judge {
	j := &judge{rules: &c.Evidence, lexicon: facts.NewColumnNames(&c.Lexicon), attributes: facts.NewColumnNames(&checklist.Lexicon{Entries: c.Evidence.Attributes}), year: year}
	for i := range j.rules.Detectors {
		r := &j.rules.Detectors[i]
		if k, ok := detect.ParseKind(r.Kind); ok {
			j.detectors[k] = r
		}
	}
	return j
}

// matches are the entries that the name of a column matches.
func (j *judge) matches(n Name) (entry, attribute *checklist.LexiconEntry) {
	return j.lexicon.Find(n.text), j.attributes.Find(n.text)
}

// column judges a column. A masked name says nothing.
func (j *judge) column(name Name, o *observation, blank, distinct int64, exact bool) Column {
	l := &j.rules.Limits
	c := Column{Name: name, Filled: o.filled, Blank: blank, Distinct: distinct, Exact: exact, Longest: o.longest, Formula: o.formula}
	if o.filled == 0 {
		c.Type = TypeAny
		return c
	}
	filled := float64(o.filled)
	c.Constant = distinct == 1 && blank == 0
	c.Unique = exact && distinct == o.filled && blank == 0 && o.filled > 1
	c.Links = float64(o.urls) / filled
	j.setType(&c, o)
	if c.Type == TypeString {
		c.FreeText = float64(o.lengths)/filled > l.FreeTextLength && float64(o.words)/filled > l.FreeTextWords &&
			float64(distinct)/filled > l.FreeTextDistinct && c.Links <= l.LinkShare
	}
	entry, attribute := j.matches(name)
	if name.Masked {
		entry, attribute = nil, nil
	}
	c.Findings = j.findings(o, entry, attribute)
	j.setRole(&c, entry, attribute)
	if c.Basis == ByName && !j.backed(&c, o) {
		c.Basis = ByNameAlone
	}
	if c.Attribute.text == "coordinate" && (c.Type == TypeNumber || c.Type == TypeInteger) {
		c.Metres = resolution(o)
	}
	return c
}

// resolution is the finest difference between positions in metres: of degrees,
// a degree of latitude being 111,320 metres, or of metres.
func resolution(o *observation) float64 {
	step := math.Pow10(-o.decimals)
	if o.minNumber >= -180 && o.maxNum <= 180 {
		step *= 111_320
	}
	return step
}

func (j *judge) setType(c *Column, o *observation) {
	share := func(types ...detect.Type) float64 {
		n := int64(0)
		for _, t := range types {
			n += o.types[t]
		}
		return float64(n) / float64(o.filled)
	}
	least := j.rules.Limits.TypeShare
	switch {
	// A running number would soon be a day that no month has.
	case float64(o.compact) >= least*float64(o.filled) && o.maxNum-o.minNumber > 70:
		c.Type, c.Precision = TypeDate, detect.Day
		return
	case share(detect.Integer) >= least && o.zeros == 0:
		c.Type = TypeInteger
		if o.years == o.types[detect.Integer] {
			c.Type = TypeYear
		}
	case share(detect.Integer, detect.Decimal, detect.DecimalComma) >= least && o.zeros == 0:
		c.Type = TypeNumber
		c.DecimalComma = o.types[detect.DecimalComma] > o.types[detect.Decimal]
	case share(detect.Boolean) >= least:
		c.Type = TypeBoolean
	case share(detect.Date, detect.DateTime) >= least:
		c.Type = TypeDate
		if o.types[detect.DateTime] > 0 {
			c.Type = TypeDateTime
		} else if o.precisions[detect.Day] == 0 {
			c.Type = TypeYearMonth
		}
	case share(detect.Time) >= least:
		c.Type = TypeTime
	}
	switch c.Type {
	case TypeDate, TypeDateTime, TypeTime, TypeYearMonth:
		for p, n := range o.precisions {
			if n > 0 {
				c.Precision = max(c.Precision, detect.Precision(p))
			}
		}
	case TypeYear:
		c.Precision = detect.Year
	}
}

// findings judges the counts of all kinds.
func (j *judge) findings(o *observation, entry, attribute *checklist.LexiconEntry) Findings {
	var out Findings
	for k := range detect.Kinds {
		n := o.counts[k]
		if n.Shaped+n.Inside == 0 || j.detectors[k] == nil {
			continue
		}
		r := j.detectors[k]
		f := Finding{Kind: k, Count: n, Expected: k.Chance() * float64(n.Shaped), Persons: r.Persons}
		f.Verdict = j.verdict(r, k, n, o.filled, supported(r, entry) || supported(r, attribute))
		if f.Verdict > 0 {
			out = append(out, f)
		}
	}
	return out.withoutWeaker()
}

// withoutWeaker leaves out that a column contains names when it consists of full
// names, and the other way round.
func (f Findings) withoutWeaker() Findings {
	is := func(k detect.Kind) bool {
		return slices.ContainsFunc(f, func(x Finding) bool { return x.Kind == k && x.Verdict == Is })
	}
	name, full := is(detect.Name), is(detect.FullName)
	return slices.DeleteFunc(f, func(x Finding) bool {
		return x.Verdict != Is && (x.Kind == detect.Name && full || x.Kind == detect.FullName && name)
	})
}

func supported(r *checklist.DetectorRule, e *checklist.LexiconEntry) bool {
	if e == nil {
		return false
	}
	for _, id := range r.Header {
		if id == e.ID {
			return true
		}
	}
	return false
}

func (j *judge) verdict(r *checklist.DetectorRule, k detect.Kind, n detect.Count, filled int64, header bool) Verdict {
	share := float64(n.Valid) / float64(filled)
	chance := k.Chance()
	beyond := n.Valid > 0
	if chance > 0 && n.Valid > 0 {
		// More than half of the shaped values being valid is no chance either, with
		// however few of them.
		beyond = 2*n.Valid > n.Shaped || tail(n.Valid, n.Shaped, chance) < j.rules.Limits.ChanceTail
	}
	switch {
	case share >= r.Share && beyond && (header || !r.NeedsHeader):
		return Is
	// Where there is nothing to check, a name of the column that says so makes up
	// for values that could also be something else.
	case header && chance == 0 && !r.Persons && n.Valid > 0 && float64(n.Shaped) >= r.Share*float64(filled):
		return Is
	case j.inside(r, n, filled), beyond && r.Contains == "any", n.Valid > 0 && header && share >= r.ContainsShare && float64(n.Valid) > 2*chance*float64(n.Shaped):
		return Contains
	case k == detect.Hetu || k == detect.IBAN || n.Inside > 0:
		return Possible
	}
	return 0
}

// inside tells whether texts hold a kind: more of them seem to than the errors of
// the detector explain.
func (j *judge) inside(r *checklist.DetectorRule, n detect.Count, filled int64) bool {
	return n.Inside > 0 && (r.InsideChance == 0 || tail(n.Inside, filled, r.InsideChance) < j.rules.Texts.Tail)
}

// tail is the probability of at least x of n with probability p each: the
// binomial tail, by its Chernoff bound where the sum would be long.
func tail(x, n int64, p float64) float64 {
	mean := p * float64(n)
	if float64(x) <= mean {
		return 1
	}
	q := float64(x) / float64(n)
	if n > 1000 {
		d := q * math.Log(q/p)
		if q < 1 {
			d += (1 - q) * math.Log((1-q)/(1-p))
		}
		return math.Exp(-float64(n) * d)
	}
	ln := func(v int64) float64 { g, _ := math.Lgamma(float64(v) + 1); return g }
	sum := 0.0
	for k := x; k <= n; k++ {
		sum += math.Exp(ln(n) - ln(k) - ln(n-k) + float64(k)*math.Log(p) + float64(n-k)*math.Log1p(-p))
	}
	return min(1, sum)
}

// setRole suggests a role: content goes before the name.
func (j *judge) setRole(c *Column, entry, attribute *checklist.LexiconEntry) {
	switch {
	case entry != nil:
		c.Role, c.Basis, c.Attribute = parseRole(entry.Role), ByName, ID{entry.ID}
	case attribute != nil:
		c.Role, c.Basis, c.Attribute = parseRole(attribute.Role), ByName, ID{attribute.ID}
	}
	if entry != nil && attribute != nil && entry.Role == roleNames[QuasiIdentifier] {
		c.Attribute = ID{entry.ID}
	}
	for _, f := range c.Findings {
		j.byContent(c, f)
	}
	if c.Basis != ByNothing {
		return
	}
	switch c.Type {
	case TypeDate, TypeDateTime, TypeYearMonth:
		if !c.Unique {
			c.Role, c.Basis, c.Attribute = QuasiIdentifier, ByContent, ID{"event_time"}
		}
	case TypeNumber:
		c.Role = MeasureRole
	}
}

// roleCaution orders roles by how directly they point to people.
func roleCaution(r Role) int {
	switch r {
	case DirectIdentifier:
		return 3
	case PseudonymousKey:
		return 2
	case QuasiIdentifier:
		return 1
	}
	return 0
}
