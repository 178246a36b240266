package checklist

import (
	"encoding/json"
	"maps"
	"slices"
	"time"
)

// Validity is when something is in force: from a day to a day, both included
// (2018-05-25), each empty when it is open or not known.
type Validity struct {
	ValidFrom string `yaml:"validFrom,omitempty" json:"validFrom,omitempty"`
	ValidTo   string `yaml:"validTo,omitempty" json:"validTo,omitempty"`
}

// InForce tells whether it is in force on a day.
func (v Validity) InForce(day string) bool {
	return (v.ValidFrom == "" || v.ValidFrom <= day) && (v.ValidTo == "" || v.ValidTo >= day)
}

// DatedValue is the value of a parameter for some time, in place of the usual one.
type DatedValue struct {
	Value    float64 `yaml:"value" json:"value"`
	Validity `yaml:",inline"`
	// Basis and Read stand for those of the parameter, where they are given.
	Basis Text   `yaml:"basis,omitempty" json:"basis,omitempty"`
	Read  string `yaml:"read,omitempty" json:"read,omitempty"`
}

// On is the parameter as it is in force on a day.
func (p Param) On(day string) Param {
	for _, d := range p.Dated {
		if !d.InForce(day) {
			continue
		}
		p.Value = d.Value
		if len(d.Basis) > 0 {
			p.Basis = d.Basis
		}
		if d.Read != "" {
			p.Read = d.Read
		}
		break
	}
	return p
}

// edit is a change of the catalogue that is in force on its days only.
type edit struct {
	Validity
	source string
	apply  func(*Catalogue)
}

// Edit notes a change that is in force on its days only. The change is made on a
// copy of the catalogue and must not keep it; source is what it is known by in the
// digest.
func (c *Catalogue) Edit(v Validity, source string, apply func(*Catalogue)) {
	c.digest = ""
	c.edits = append(c.edits, edit{v, source, apply})
}

// Retire takes an item out of its checklist for good. The policies may go on
// speaking of it.
func (c *Catalogue) Retire(id string) {
	c.digest = ""
	is := func(it Item) bool { return it.ID == id }
	risk := slices.DeleteFunc(slices.Clone(c.Risk.Items), is)
	opportunity := slices.DeleteFunc(slices.Clone(c.Opportunity.Items), is)
	before := c.NotInForce
	*c = *c.with(risk, opportunity, c.Policy.Params, []Item{{ID: id}})
	c.digest, c.NotInForce = "", before
	c.Retired = append(c.Retired, id)
}

// edited is a copy of the catalogue with the edits of a day, or the catalogue
// itself where there are none.
func (c *Catalogue) edited(day string) *Catalogue {
	var x *Catalogue
	for _, e := range c.edits {
		if !e.InForce(day) {
			continue
		}
		if x == nil {
			data, err := json.Marshal(c)
			if err != nil {
				panic(err) // plain data always marshals
			}
			if x, err = decode(data); err != nil {
				panic(err) // what was written is read again
			}
			x.digest = c.Digest()
		}
		e.apply(x)
	}
	if x == nil {
		return c
	}
	return x
}

// On returns the catalogue as it is in force on a day: without the items that
// are not yet or no longer in force, which are in NotInForce, and with the
// parameters of that day. Where everything is in force it is the catalogue
// itself. Its digest is that of the whole catalogue.
func (c *Catalogue) On(day string) *Catalogue {
	c = c.edited(day)
	var out []Item
	in := func(items []Item) []Item {
		if !slices.ContainsFunc(items, func(it Item) bool { return !it.InForce(day) }) {
			return items
		}
		var kept []Item
		for _, it := range items {
			if it.InForce(day) {
				kept = append(kept, it)
			} else {
				out = append(out, it)
			}
		}
		return kept
	}
	risk, opportunity := in(c.Risk.Items), in(c.Opportunity.Items)
	params, dated := c.Policy.Params, false
	for name, p := range c.Policy.Params {
		if slices.ContainsFunc(p.Dated, func(d DatedValue) bool { return d.InForce(day) }) {
			if !dated {
				params, dated = maps.Clone(params), true
			}
			params[name] = p.On(day)
		}
	}
	if len(out) == 0 && !dated {
		return c
	}
	return c.with(risk, opportunity, params, out)
}

// with is the catalogue with other items and parameters; out are the items that
// are left out.
func (c *Catalogue) with(risk, opportunity []Item, params map[string]Param, out []Item) *Catalogue {
	x := *c
	x.digest = c.Digest()
	x.Risk.Items, x.Opportunity.Items, x.Policy.Params, x.NotInForce = risk, opportunity, params, out
	if len(out) == 0 {
		return &x
	}
	gone := func(id string) bool { return slices.ContainsFunc(out, func(it Item) bool { return it.ID == id }) }
	x.Mitigations = slices.Clone(c.Mitigations)
	for i := range x.Mitigations {
		m := &x.Mitigations[i]
		m.Clears = slices.DeleteFunc(slices.Clone(m.Clears), gone)
	}
	x.Policy.Scoring.Scores = slices.Clone(c.Policy.Scoring.Scores)
	for i := range x.Policy.Scoring.Scores {
		s := &x.Policy.Scoring.Scores[i]
		of := func(b Bound) bool { return gone(b.Item) }
		s.Floors = slices.DeleteFunc(slices.Clone(s.Floors), of)
		s.Caps = slices.DeleteFunc(slices.Clone(s.Caps), of)
	}
	return &x
}

// Turns lists the days on which what is in force changes, in order. Between two
// of them, [Catalogue.On] gives the same. Sources are not counted: an item rests
// on them whether they are in force or not, and the report marks those that are
// not.
func (c *Catalogue) Turns() []string {
	var days []string
	add := func(v Validity) {
		if v.ValidFrom != "" {
			days = append(days, v.ValidFrom)
		}
		if t, err := time.Parse(time.DateOnly, v.ValidTo); err == nil {
			days = append(days, t.AddDate(0, 0, 1).Format(time.DateOnly))
		}
	}
	for _, e := range c.edits {
		add(e.Validity)
	}
	for _, items := range [][]Item{c.Risk.Items, c.Opportunity.Items} {
		for i := range items {
			add(items[i].Validity)
		}
	}
	for _, p := range c.Policy.Params {
		for _, d := range p.Dated {
			add(d.Validity)
		}
	}
	slices.Sort(days)
	return slices.Compact(days)
}
