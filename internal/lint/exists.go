package lint

import "strings"

// exists tells whether what a policy reads from data is there. A reference to a
// rule that does not exist compiles and is never true.
func (l *linter) exists(ref reference, m *module) bool {
	if len(ref.path) == 1 {
		return false
	}
	switch ref.path[1].name {
	case "params":
		_, ok := l.c.Policy.Params[last(ref)]
		return ok && len(ref.path) == 3
	case "risk":
		return m.section() == "decision"
	case "puntari":
		r, whole := l.target(ref)
		return r != nil || whole
	}
	return false
}

func last(ref reference) string { return ref.path[len(ref.path)-1].name }

// target finds the rules that a path from data.puntari leads to; whole is set
// for a package as a whole.
func (l *linter) target(ref reference) (found []*rule, whole bool) {
	words := strings.Split(ref.String(), ".")[2:]
	for n := len(words); n > 0; n-- {
		pkg := strings.Join(words[:n], ".")
		for _, m := range l.modules {
			if m.pkg != pkg {
				continue
			}
			if n == len(words) {
				return nil, true
			}
			return l.named(pkg, words[n]), false
		}
	}
	return nil, false
}

// factsOf are the paths of the facts that a rule reads, itself and through
// other rules.
func (l *linter) factsOf(r *rule, seen map[*rule]bool) map[string]bool {
	out := map[string]bool{}
	if seen[r] {
		return out
	}
	seen[r] = true
	for _, ref := range r.reads {
		switch {
		case ref.root("input"):
			if p := l.fact(ref); p != "" {
				out[p] = true
			}
		case ref.root("data") && len(ref.path) > 2 && ref.path[1].name == "puntari":
			rules, _ := l.target(ref)
			for _, other := range rules {
				for p := range l.factsOf(other, seen) {
					out[p] = true
				}
			}
		}
	}
	return out
}

// fact is the path of the field or computed fact that a reference reads.
func (l *linter) fact(ref reference) string {
	var words []string
	for _, s := range ref.path[1:] {
		if s.name != "" {
			words = append(words, s.name)
		}
	}
	if len(words) < 2 {
		return ""
	}
	prefix := ""
	switch words[0] {
	case "columns":
		words, prefix = words[1:], "schema.fields[]."
	case "some_column", "no_column", "proven_column", "column_count":
		prefix = "schema.fields[]."
	}
	words = words[1:] // the view, or is and isnt of a column
	for n := len(words); n > 0; n-- {
		p := prefix + strings.Join(words[:n], ".")
		if l.space.Index(p) < 0 {
			continue
		}
		rest := words[n:]
		if len(rest) > 2 && rest[0] == "entries" {
			rest = rest[2:]
		}
		if len(rest) > 0 && l.space.Index(p+"[]."+rest[0]) >= 0 {
			return p + "[]." + rest[0]
		}
		return p
	}
	return ""
}
