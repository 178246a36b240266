package lint

import (
	"maps"
	"slices"
	"strings"
)

// asked checks that the conditions of questions exist and that each is used.
func (l *linter) asked() {
	used := map[string]bool{}
	for i := range l.c.Descriptor.Fields {
		f := &l.c.Descriptor.Fields[i]
		if f.AskWhen == "" || f.AskWhen == "always" || f.AskWhen == "never" {
			continue
		}
		used[f.AskWhen] = true
		if l.rules["asked."+f.AskWhen] == nil {
			l.find("ask_unknown", descriptorFile, "field", f.Path, "rule", f.AskWhen)
		}
	}
	for _, r := range l.inOrder {
		if r.module.pkg == "asked" && !r.private() && !used[r.name] {
			l.findAt("ask_unused", r.module.where(r.bodies[0].Location), "rule", r.name)
		}
	}
}

// used checks that no condition, helper or parameter is left over, and that the
// names in the decision are those of the data policy.
func (l *linter) used() {
	rules, params := map[string]bool{}, map[string]bool{}
	for _, r := range l.rules {
		for _, ref := range r.reads {
			if !ref.root("data") || len(ref.path) < 3 {
				continue
			}
			if ref.path[1].name == "params" {
				params[last(ref)] = true
			}
			found, _ := l.target(ref)
			for _, other := range found {
				if other != r {
					rules[other.path()] = true
				}
			}
		}
	}
	for _, r := range l.inOrder {
		if (r.private() || r.module.pkg == "conditions") && !rules[r.path()] && !rules["conditions."+custom(r, "opposite")] {
			l.findAt("rule_unused", r.module.where(r.bodies[0].Location), "rule", r.name)
		}
	}
	for _, p := range l.c.Evidence.Judgement.Params() {
		params[p] = true
	}
	for _, p := range slices.Sorted(maps.Keys(l.c.Policy.Params)) {
		if !params[p] {
			l.find("unused", policyFile, "kind", "param", "name", p)
		}
	}
	l.decision()
}

// decision compares the results of the decision with the names in the data
// policy.
func (l *linter) decision() {
	p := &l.c.Policy
	var outcomes, levels, priorities, signOff []string
	for _, o := range p.Outcomes {
		outcomes = append(outcomes, o.Code)
	}
	for _, v := range p.Levels.Names {
		levels = append(levels, v.Level)
	}
	for _, v := range p.Priorities {
		priorities = append(priorities, v.Code)
	}
	for _, s := range p.SignOff {
		signOff = append(signOff, s.ID)
	}
	for _, of := range []struct {
		rule, kind string
		names      []string
	}{{"outcome", "outcome", outcomes}, {"risk_level", "level", levels}, {"priority", "priority", priorities}, {"sign_off", "signOff", signOff}} {
		var given []string
		for _, r := range l.named("decision", of.rule) {
			where := r.module.where(r.bodies[0].Location)
			for _, name := range results(r) {
				given = append(given, name)
				if !slices.Contains(of.names, name) {
					l.findAt("undefined", where, "kind", of.kind, "name", name)
				}
			}
		}
		for _, name := range of.names {
			if len(given) > 0 && !slices.Contains(given, name) {
				l.find("unused", policyFile, "kind", of.kind, "name", name)
			}
		}
	}
}

// results are the texts that a rule can come to: its key, or its values.
func results(r *rule) []string {
	if r.key != "" {
		return []string{r.key}
	}
	var out []string
	for _, b := range r.bodies {
		for ; b != nil; b = b.Else {
			if v := b.Head.Value; v != nil && strings.HasPrefix(v.String(), `"`) {
				out = append(out, strings.Trim(v.String(), `"`))
			}
		}
	}
	return out
}
