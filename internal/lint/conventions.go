package lint

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"puntari/internal/checklist"
)

// conventions checks that packages and rules say what they are, and that a
// condition and its opposite know each other.
func (l *linter) conventions() {
	titled := map[string]bool{}
	for _, m := range l.modules {
		for _, a := range m.Annotations {
			titled[m.pkg] = titled[m.pkg] || a.Scope == "package" && a.Title != ""
		}
	}
	for _, m := range l.modules {
		if !titled[m.pkg] {
			titled[m.pkg] = true
			l.find("package_title", "policies/"+m.file, "package", m.pkg)
		}
	}
	seen := map[string]bool{}
	for _, r := range l.inOrder {
		name := r.module.pkg + "." + r.name
		if r.private() || l.isRow(r) || seen[name] {
			continue
		}
		seen[name] = true
		a := annotation(r)
		if a == nil || a.Title == "" {
			l.findAt("rule_title", r.module.where(r.bodies[0].Location), "rule", r.name)
		} else if key := "docs." + name; (r.module.pkg == "conditions" || r.module.pkg == "asked") && l.c.Messages[key]["en"] != a.Title {
			// The title is English; people read it in their language.
			l.findAt("rule_words", r.module.where(r.bodies[0].Location), "rule", r.name, "key", key, "title", a.Title)
		}
	}
	for _, r := range l.inOrder {
		if r.module.pkg == "conditions" {
			l.opposite(r)
		}
	}
}

// annotation is the METADATA of the first body of a rule.
func annotation(r *rule) *ast.Annotations {
	if of := r.bodies[0].Annotations; len(of) > 0 {
		return of[0]
	}
	return nil
}

func custom(r *rule, key string) string {
	a := annotation(r)
	if a == nil || a.Custom[key] == nil {
		return ""
	}
	return fmt.Sprint(a.Custom[key])
}

// opposite checks that a condition's opposite is there and names it in turn, and
// that a rule called not_x is told to be the opposite of x.
func (l *linter) opposite(r *rule) {
	other := custom(r, "opposite")
	where := r.module.where(r.bodies[0].Location)
	if other == "" {
		if x, ok := strings.CutPrefix(r.name, "not_"); ok && l.rules["conditions."+x] != nil {
			l.findAt("opposite", where, "rule", r.name, "other", x)
		}
		return
	}
	if o := l.rules["conditions."+other]; o == nil || custom(o, "opposite") != r.name {
		l.findAt("opposite", where, "rule", r.name, "other", other)
	}
}

// isRow tells whether a rule is in a package of a checklist's theme and not a
// helper.
func (l *linter) isRow(r *rule) bool {
	return !r.private() && (r.module.section() == "risk" || r.module.section() == "opportunity")
}

// items checks that each item has its rows in its theme's package, and each row
// its item.
func (l *linter) items() {
	for _, k := range l.lists() {
		packages := map[string]string{}
		for _, t := range k.Themes {
			packages[t.Code] = k.section + "." + t.Package
		}
		rows := map[string][]string{}
		for _, r := range l.inOrder {
			if !l.isRow(r) || r.module.section() != k.section {
				continue
			}
			where := r.module.where(r.bodies[0].Location)
			if !slices.Contains(k.rows, r.name) || r.bodies[0].Head.Key == nil {
				l.findAt("row_kind", where, "row", r.name, "allowed", strings.Join(k.rows, ", "))
				continue
			}
			i := slices.IndexFunc(k.Items, func(it checklist.Item) bool { return it.ID == r.key })
			if i < 0 {
				l.findAt("row_without_item", where, "item", r.key)
				continue
			}
			it := &k.Items[i]
			if want := packages[it.Theme]; want != r.module.pkg {
				l.findAt("row_elsewhere", where, "item", it.ID, "package", "puntari."+want)
				continue
			}
			rows[it.ID] = append(rows[it.ID], r.name)
			l.metadata(r)
		}
		for i := range k.Items {
			it := &k.Items[i]
			if len(rows[it.ID]) == 0 {
				l.find("item_without_rule", k.file, "item", it.ID)
				continue
			}
			if !slices.Contains(rows[it.ID], k.needed) {
				l.find("row_missing", k.file, "item", it.ID, "row", k.needed)
			}
			l.results(it, k, rows[it.ID])
		}
	}
}

// metadata checks that a row says what it is and which item it is of.
func (l *linter) metadata(r *rule) {
	if a := annotation(r); a == nil || a.Title == "" || custom(r, "item") != r.key {
		l.findAt("row_metadata", r.module.where(r.bodies[0].Location), "item", r.key, "row", r.name)
	}
}

// results checks that an item has a reason for each result it can come to, and
// no other.
func (l *linter) results(it *checklist.Item, k list, rows []string) {
	can := append(slices.Clone(rows), k.rest)
	for _, result := range can {
		// Why a result is not known is told by the questions that are open.
		if result != "unknown" && len(it.Reasons[result]) == 0 {
			l.find("reason_missing", k.file, "item", it.ID, "result", result)
		}
	}
	for _, result := range slices.Sorted(maps.Keys(it.Reasons)) {
		if !slices.Contains(can, result) {
			l.find("reason_unused", k.file, "item", it.ID, "result", result)
		}
	}
}

// reasons checks that the placeholders of reasons name facts that the item reads.
func (l *linter) reasons() {
	for _, k := range l.lists() {
		for i := range k.Items {
			it := &k.Items[i]
			known := map[string]bool{"columns": true, "missing": true}
			for _, r := range l.rules {
				if l.isRow(r) && r.key == it.ID && r.module.section() == k.section {
					for p := range l.factsOf(r, map[*rule]bool{}) {
						known[p[strings.LastIndexByte(p, '.')+1:]] = true
					}
				}
			}
			for _, result := range slices.Sorted(maps.Keys(it.Reasons)) {
				for _, name := range placeholders(it.Reasons[result]["en"]) {
					if !known[name] {
						l.find("placeholder_unknown", k.file, "item", it.ID, "result", result, "name", name)
					}
				}
			}
		}
	}
}
