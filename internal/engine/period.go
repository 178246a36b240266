package engine

import (
	"sort"
	"sync"

	"puntari/internal/assessment"
	"puntari/internal/checklist"
)

// periods are the times between which what is in force does not change, each
// with an engine of its own: an item that is not in force on the day of an
// assessment is not there for it, in no rule, count or table. The engines share
// the compiled policies and are made when a day first asks for them.
type periods struct {
	turns   []string
	engines []func() (*Engine, error)
}

// split prepares the periods; there are none where everything is always in force.
func (e *Engine) split(p *Compiled) {
	turns := e.Catalogue.Turns()
	if len(turns) == 0 {
		return
	}
	e.periods = &periods{turns: turns}
	// The first period ends before the first turn. No day is before this one.
	for _, from := range append([]string{"0000-01-01"}, turns...) {
		e.periods.engines = append(e.periods.engines, sync.OnceValues(func() (*Engine, error) {
			c := e.Catalogue.On(from)
			if c == e.Catalogue {
				return e, nil
			}
			return build(c, p, e.options)
		}))
	}
}

// on returns the engine for a day.
func (e *Engine) on(day string) (*Engine, error) {
	if e.periods == nil {
		return e, nil
	}
	n := sort.Search(len(e.periods.turns), func(i int) bool { return e.periods.turns[i] > day })
	return e.periods.engines[n]()
}

// notInForce lists the items that are left out on the day of an assessment.
func (e *Engine) notInForce() []assessment.NotInForce {
	var out []assessment.NotInForce
	for _, it := range e.Catalogue.NotInForce {
		out = append(out, assessment.NotInForce{Item: it.ID, ValidFrom: it.ValidFrom, ValidTo: it.ValidTo})
	}
	return out
}

// whole gives the verdict the order of the whole checklists of e, in which items
// that are not in force on the day have a result of their own.
func (e *Engine) whole(v *Verdict, now *Engine) {
	if e == now {
		return
	}
	spread := func(all *list, of *list, results []string, without string) []string {
		out := make([]string, len(all.items))
		for i := range all.items {
			out[i] = without
			if j, ok := of.index[all.items[i].ID]; ok {
				out[i] = results[j]
			}
		}
		return out
	}
	v.Levels = spread(e.risk, now.risk, v.Levels, "")
	v.Risk = spread(e.risk, now.risk, v.Risk, assessment.OutOfForce)
	v.Opportunity = spread(e.opportunity, now.opportunity, v.Opportunity, assessment.OutOfForce)
}

// dormant are the ids of the items that are left out or retired; rules may speak of them.
func dormant(c *checklist.Catalogue) map[string]bool {
	out := map[string]bool{}
	for i := range c.NotInForce {
		out[c.NotInForce[i].ID] = true
	}
	for _, id := range c.Retired {
		out[id] = true
	}
	return out
}
