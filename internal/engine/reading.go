package engine

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"puntari/internal/facts"
)

// Reading is a rule as people can read it: it holds when all conditions of one of
// its ways hold.
type Reading struct {
	Ways [][]Condition
	// Opaque rules are written in more of Rego than can be read here; they have no
	// ways.
	Opaque bool
}

// Condition is one condition of a rule: exactly one of Rule, Fact, Compare and
// Each is set.
type Condition struct {
	// Rule is another rule that must hold, by its path in the policies:
	// conditions.about_persons. In a condition on one column or entry it is about
	// that one.
	Rule string
	Fact *FactIs
	// Compare is a condition on a number.
	Compare *Comparison
	// Each is what one and the same column, or entry of a list, must fulfil.
	Each *Element
}

// FactIs is a condition on the values of a fact.
type FactIs struct {
	// Path is that of the field, or of a computed fact.
	Path string
	// Name is a value of the field, the name of a group of values, or "set".
	Name string
	// Not asks that it is known not to be so. Proven asks that an answer is given:
	// an open question does not do, and with Not it does.
	Not, Proven bool
	// Column says that it is about the columns taken together: that some column has
	// the value, or with Not that none has.
	Column bool
}

// Comparison compares two numbers by "<", "<=", ">", ">=", "=" or "!=".
type Comparison struct {
	Left, Right Quantity
	Operator    string
}

// Quantity is a number in a comparison: a constant, a parameter, or a fact's.
type Quantity struct {
	// Constant is the number itself, and the value of a parameter.
	Constant float64
	Param    string
	// Path is that of a fact, "" for a constant. Part is what of it is meant: "",
	// "days", "months", or "size", the number of entries.
	Path, Part string
	// Count, when set, is a value; the quantity is how many columns have it.
	Count string
}

// Element is one column, or one entry of a list.
type Element struct {
	// List is the path of the list, "" for the columns.
	List       string
	Conditions []Condition
}

// Read reads a rule by its path in the policies, with the item for a row:
// "conditions.about_persons", "risk.rights.fail RISK-IPR-01". ok is false for a
// rule that does not exist.
func (e *Engine) Read(name string) (r Reading, ok bool) {
	found := e.program.rules[name]
	if found == nil {
		return Reading{}, false
	}
	if found.opaque {
		return Reading{Opaque: true}, true
	}
	for _, c := range found.clauses {
		r.Ways = append(r.Ways, e.readClause(c))
	}
	return r, true
}

// Rows are the kinds of rows that an item has rules for, in the order in which
// they are tried, each with the path of its rule.
func (e *Engine) Rows(id string) (kinds, rules []string) {
	for _, l := range []*list{e.risk, e.opportunity} {
		i, ok := l.index[id]
		if !ok {
			continue
		}
		it := &l.items[i]
		for _, row := range l.rows {
			if it.rows[row] != nil {
				kinds, rules = append(kinds, row), append(rules, it.rowName(row))
			}
		}
	}
	return kinds, rules
}

func (e *Engine) readClause(c clause) []Condition {
	var out []Condition
	for _, r := range c {
		out = append(out, e.readRequirement(r))
	}
	return out
}

func (e *Engine) readRequirement(r requirement) Condition {
	name := func(fact int, mask uint64) (path, name string) {
		f := &e.Space.Facts[fact]
		return f.Path, f.NamesOf(mask)[0]
	}
	switch r := r.(type) {
	case of:
		return Condition{Rule: r.rule}
	case has:
		f := &FactIs{Not: r.view == viewIsnt || r.view == viewUnproven, Proven: r.view == viewProven || r.view == viewUnproven}
		f.Path, f.Name = name(r.fact, r.mask)
		return Condition{Fact: f}
	case someColumn:
		f := &FactIs{Not: r.not, Proven: r.proven, Column: true}
		f.Path, f.Name = name(r.fact, r.mask)
		return Condition{Fact: f}
	case compare:
		return Condition{Compare: &Comparison{e.quantity(r.left), e.quantity(r.right), operators[r.op]}}
	case loop:
		x := &Element{Conditions: e.readClause(r.body)}
		if r.list >= 0 {
			x.List = e.Space.Facts[r.list].Path
		}
		return Condition{Each: x}
	}
	panic(fmt.Sprintf("engine: no reading of %T", r)) // the cases above are all there are
}

var operators = map[string]string{"lt": "<", "lte": "<=", "gt": ">", "gte": ">=", "equal": "=", "neq": "!="}

func (e *Engine) quantity(o operand) Quantity {
	if o.fact < 0 {
		return Quantity{Constant: o.constant, Param: o.param}
	}
	f := &e.Space.Facts[o.fact]
	q := Quantity{Path: f.Path, Part: o.part}
	switch {
	case o.name != 0:
		q.Count = f.NamesOf(o.name)[0]
	case q.Part == "" && (f.Kind == facts.Texts || f.Kind == facts.Objects):
		q.Part = "size"
	}
	return q
}

// Note is what a rule says of itself in its METADATA, and the rule as it stands.
type Note struct{ Title, Description, Source string }

// Notes reads the METADATA of the rules of a folder of policies, by the path of
// the rule and, for rows, the item.
func Notes(policies fs.FS) (map[string]Note, error) {
	out := map[string]Note{}
	err := fs.WalkDir(policies, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".rego" || strings.HasSuffix(name, "_test.rego") {
			return err
		}
		data, err := fs.ReadFile(policies, name)
		if err != nil {
			return err
		}
		m, err := ast.ParseModuleWithOpts(name, string(data), ast.ParserOptions{ProcessAnnotation: true, Capabilities: Capabilities()})
		if err != nil {
			return fmt.Errorf("policies: %w", err)
		}
		for _, r := range m.Rules {
			key := RuleName(m, r)
			n := out[key]
			if i := slices.IndexFunc(r.Annotations, func(a *ast.Annotations) bool { return a.Title != "" }); i >= 0 && n.Title == "" {
				n.Title, n.Description = r.Annotations[i].Title, r.Annotations[i].Description
			}
			if n.Source != "" {
				n.Source += "\n\n"
			}
			n.Source += string(r.Location.Text)
			out[key] = n
		}
		return nil
	})
	return out, err
}

// RuleName is the path of a rule in the policies, with the item for a row.
func RuleName(m *ast.Module, r *ast.Rule) string {
	name := packageName(m) + "." + r.Head.Name.String()
	if r.Head.Key != nil {
		name += " " + strings.Trim(r.Head.Key.String(), `"`)
	}
	return name
}
