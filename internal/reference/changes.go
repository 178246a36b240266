package reference

import (
	"strings"

	"puntari/internal/checklist"
	"puntari/internal/profile"
)

// changed lists what an organisation made different, and why.
func (p *page) changed(changes []profile.Change) (head []string, rows [][]string) {
	for i := range changes {
		c := &changes[i]
		what := p.changedName(c)
		if c.Key != "" {
			what += ", " + c.Key
		}
		how := p.say("changed.from_to", "before", c.Before, "after", c.After)
		if c.Kind != profile.Overridden {
			how = p.say("changed." + c.Kind)
		}
		why := c.Because.In(p.lang)
		if len(c.Weakens) > 0 {
			why += p.mark(p.say("changed.weakens", "stops", strings.Join(c.Weakens, ", ")))
		}
		rows = append(rows, []string{what, how, why, p.words.Validity(checklist.Validity{ValidFrom: c.From, ValidTo: c.To})})
	}
	return []string{p.say("changed.what"), p.say("changed.how"), p.say("changed.why"), p.say("validity")}, rows
}

// changedName names what was changed, with the words for it.
func (p *page) changedName(c *profile.Change) string {
	words := ""
	if it := p.Item(c.Name); it != nil {
		words = it.Title.In(p.lang)
	}
	if v, ok := p.Policy.Params[c.Name]; ok && c.Section == "params" {
		words = v.Label.In(p.lang)
	}
	if words == "" {
		return p.code(c.Section + " " + c.Name)
	}
	return p.named(words, c.Name)
}
