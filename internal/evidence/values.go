package evidence

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"puntari/internal/checklist"
)

// ErrParameter is wrapped by the error of a policy without one of the parameters
// that measuring uses.
var ErrParameter = errors.New("the policy has no such parameter")

// Value is a parameter of the policy by which something was measured.
type Value struct {
	Param ID
	Value float64
}

// values are the parameters of the policy. Those that were asked for are noted.
type values struct {
	params map[string]checklist.Param
	used   *[]Value
}

func newValues(c *checklist.Catalogue) (*values, error) {
	for _, name := range c.Evidence.Judgement.Params() {
		if _, ok := c.Policy.Params[name]; !ok {
			return nil, fmt.Errorf("%w: %s", ErrParameter, name)
		}
	}
	return &values{params: c.Policy.Params}, nil
}

// of is the value of a parameter.
func (v *values) of(name string) float64 {
	at, known := slices.BinarySearchFunc(*v.used, name, func(x Value, name string) int { return strings.Compare(x.Param.text, name) })
	if !known {
		*v.used = slices.Insert(*v.used, at, Value{ID{name}, v.params[name].Value})
	}
	return v.params[name].Value
}

func (v *values) whole(name string) int { return int(v.of(name)) }

// goal is the group size that changes have to reach.
func (m *measurement) goal() int {
	j := &m.rules.Judgement
	switch {
	case m.o.Goal > 0:
		return m.o.Goal
	case m.o.SensitiveData:
		return m.values.whole(j.SensitiveGroup)
	}
	return m.values.whole(j.Group)
}
