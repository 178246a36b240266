package engine

import (
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"puntari/internal/facts"
)

// reads is what a rule reads of the facts, directly and through other rules.
type reads struct {
	// facts are indexes of facts, sorted. A rule that looks at columns one by one
	// or counts them reads every fact about columns that it names.
	facts []int
	// open are those among them whose openness keeps the rule open; what is asked
	// to be proven is settled in either view.
	open map[int]bool
	// values are the named values that the rule asks for, by fact.
	values map[int]uint64
	// columns tells that columns are looked at one by one or counted, proven that
	// a fact is read for what is proven of it.
	columns, proven bool
	// lists are lists of objects that the rule looks at element by element.
	lists []int
}

func (r *reads) add(o *reads) {
	for _, f := range o.facts {
		r.fact(f)
	}
	for f := range o.open {
		r.opens(f)
	}
	for f, m := range o.values {
		r.value(f, m)
	}
	for _, l := range o.lists {
		r.addList(l)
	}
	r.columns = r.columns || o.columns
	r.proven = r.proven || o.proven
}

func (r *reads) fact(i int) {
	if k, found := slices.BinarySearch(r.facts, i); !found {
		r.facts = slices.Insert(r.facts, k, i)
	}
}

// addList notes a list that a rule looks at element by element.
func (r *reads) addList(i int) {
	if k, found := slices.BinarySearch(r.lists, i); !found {
		r.lists = slices.Insert(r.lists, k, i)
	}
}

func (r *reads) opens(i int) {
	if r.open == nil {
		r.open = map[int]bool{}
	}
	r.open[i] = true
}

func (r *reads) value(i int, mask uint64) {
	if r.values == nil {
		r.values = map[int]uint64{}
	}
	r.values[i] |= mask
}

// dependencies finds what rules read. It walks the compiled rules, so nothing
// is declared twice.
type dependencies struct {
	// rules are the compiled rules by their names (see ruleName); the rules that
	// add a constant to a set also by path and constant: "risk.rights.fail RISK-IPR-01".
	rules map[string][]*ast.Rule
	space *facts.Space
	seen  map[*ast.Rule]*reads
	// counted are the names that some rule counts columns by, by fact.
	counted map[int]uint64
}

func newDependencies(c *ast.Compiler, s *facts.Space) *dependencies {
	d := &dependencies{rules: map[string][]*ast.Rule{}, space: s, seen: map[*ast.Rule]*reads{}, counted: map[int]uint64{}}
	for _, m := range c.Modules {
		pkg := packageName(m)
		for _, r := range m.Rules {
			path := pkg + "." + string(r.Head.Ref()[0].Value.(ast.Var))
			d.rules[path] = append(d.rules[path], r)
			if r.Head.Key != nil {
				if key, ok := r.Head.Key.Value.(ast.String); ok {
					path += " " + string(key)
					d.rules[path] = append(d.rules[path], r)
				}
			}
		}
	}
	return d
}

// rule returns what one rule reads.
func (d *dependencies) rule(r *ast.Rule) *reads {
	if got, ok := d.seen[r]; ok {
		return got
	}
	out := &reads{}
	d.seen[r] = out // policies are not recursive; the compiler sees to that
	ast.WalkRefs(r, func(ref ast.Ref) bool {
		d.ref(ref, out)
		return false
	})
	if r.Else != nil {
		out.add(d.rule(r.Else))
	}
	return out
}

func (d *dependencies) ref(ref ast.Ref, out *reads) {
	head, ok := ref[0].Value.(ast.Var)
	if !ok {
		return
	}
	if ref[0].Equal(ast.DefaultRootDocument) {
		words := ground(ref[1:])
		for n := 2; n <= len(words); n++ {
			for _, r := range d.rules[ruleName(words[:n])] {
				out.add(d.rule(r))
			}
		}
		return
	}
	words := ground(ref[1:])
	if ref[0].Equal(ast.InputRootDocument) {
		if len(words) == 0 {
			return
		}
		view, rest := words[0], words[1:]
		switch view {
		case "some_column", "no_column":
			d.column(rest, out, true)
		case "proven_column":
			d.column(rest, out, false)
		case "column_count":
			out.columns = true
			d.column(rest, out, true)
			if len(rest) > 1 {
				if i := d.space.Index(facts.ColumnPrefix + rest[0]); i >= 0 {
					d.counted[i] |= d.space.Facts[i].Bit(rest[1])
				}
			}
		case "columns":
			out.columns = true
		case viewProven, viewUnproven:
			out.proven = true
			d.path(rest, out, false)
		default:
			d.path(rest, out, true)
		}
		return
	}
	// A loop variable over columns or over the elements of a list: column.is.x.v
	if len(words) > 1 && (words[0] == viewIs || words[0] == viewIsnt) {
		if strings.HasPrefix(string(head), "column") || d.space.Index(facts.ColumnPrefix+words[1]) >= 0 {
			d.column(words[1:], out, true)
		}
	}
}

func (d *dependencies) column(words []string, out *reads, open bool) {
	if len(words) == 0 {
		return
	}
	if i := d.space.Index(facts.ColumnPrefix + words[0]); i >= 0 {
		out.fact(i)
		if open {
			out.opens(i)
		}
		d.values(i, words[1:], out)
	}
}

// path finds the longest field path at the start of words. A loop over the
// entries of a list reads all its members.
func (d *dependencies) path(words []string, out *reads, open bool) {
	for n := len(words); n > 0; n-- {
		p := strings.Join(words[:n], ".")
		i := d.space.Index(p)
		if i < 0 {
			continue
		}
		out.fact(i)
		if open {
			out.opens(i)
		}
		rest := words[n:]
		if len(rest) > 0 {
			if m := d.space.Index(p + "[]." + rest[0]); m >= 0 {
				out.fact(m)
				if open {
					out.opens(m)
				}
				d.values(m, rest[1:], out)
				return
			}
			if rest[0] == "entries" {
				out.addList(i)
				for _, m := range d.space.Lists[i] {
					out.fact(m)
					out.opens(m)
				}
			}
		}
		d.values(i, rest, out)
		return
	}
}

func (d *dependencies) values(i int, rest []string, out *reads) {
	f := &d.space.Facts[i]
	if len(rest) == 0 {
		out.value(i, f.All()) // looked up by a variable
		return
	}
	out.value(i, f.Bit(rest[0]))
}

// ground returns the leading constant words of a reference.
func ground(ref ast.Ref) []string {
	var out []string
	for _, t := range ref {
		s, ok := t.Value.(ast.String)
		if !ok {
			break
		}
		out = append(out, string(s))
	}
	return out
}
