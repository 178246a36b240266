package gate

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"puntari/internal/checklist"
)

// The packages that conditions are in.
const (
	askedPackage      = "puntari.asked"
	conditionsPackage = "puntari.conditions"
	opportunityPrefix = "puntari.opportunity."
	riskPrefix        = "puntari.risk."
	// role is the attribute by which columns are doubted.
	role = columns + "[].disclosureRole"
	// mustKnow is the row of a risk item that wants something known first, even
	// where its question is not asked.
	mustKnow = "unknown"
)

// Derive works out the gates from the policies in files.
func Derive(c *checklist.Catalogue, files fs.FS) (*Gates, error) {
	d := &deriver{
		descriptor: &c.Descriptor, rules: map[string][]*rule{}, found: map[string]*Expr{}, busy: map[string]bool{},
		gates: &Gates{Rules: map[string]*Expr{}, fields: map[string]string{}},
	}
	needed, err := d.load(files)
	if err != nil {
		return nil, err
	}
	for i := range c.Descriptor.Fields {
		f := &c.Descriptor.Fields[i]
		// A column whose name speaks of people is doubted even if nobody is asked.
		if conditional(f) && !needed[f.Path] && f.Path != role {
			if e := d.asked(f.AskWhen); e.Op == Rule {
				d.gates.fields[f.Path] = e.Name
			}
		}
	}
	return d.gates, nil
}

func conditional(f *checklist.Field) bool {
	return f.AskWhen != "" && f.AskWhen != "always" && f.AskWhen != "never"
}

// rule is a rule with the imports of its module.
type rule struct {
	*ast.Rule
	pkg     string
	imports map[ast.Var][]string
}

type deriver struct {
	descriptor *checklist.Descriptor
	// rules are those of the two packages, by name: "puntari.asked.media".
	rules map[string][]*rule
	found map[string]*Expr
	busy  map[string]bool
	gates *Gates
}

// load parses the policies. It returns the fields that matter whatever their
// condition says: those that items about value read, since value is never taken
// for granted, and those that some item wants to know first.
func (d *deriver) load(files fs.FS) (needed map[string]bool, err error) {
	needed = map[string]bool{}
	var items []*rule
	err = fs.WalkDir(files, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || path.Ext(name) != ".rego" || strings.HasSuffix(name, "_test.rego") {
			return err
		}
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		m, err := ast.ParseModule(name, string(data))
		if err != nil {
			return err
		}
		pkg := strings.Join(words(m.Package.Path[1:]), ".")
		imports := map[ast.Var][]string{}
		for _, i := range m.Imports {
			if ref, ok := i.Path.Value.(ast.Ref); ok {
				imports[i.Name()] = append([]string{string(ref[0].Value.(ast.Var))}, words(ref[1:])...)
			}
		}
		for _, r := range m.Rules {
			x := &rule{r, pkg, imports}
			if pkg == askedPackage || pkg == conditionsPackage {
				name := pkg + "." + string(r.Head.Name)
				d.rules[name] = append(d.rules[name], x)
			} else if strings.HasPrefix(pkg, opportunityPrefix) || strings.HasPrefix(pkg, riskPrefix) && r.Head.Name == mustKnow {
				items = append(items, x)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("policies: %w", err)
	}
	for _, r := range items {
		d.reads(r, needed, map[*rule]bool{})
	}
	return needed, nil
}

// reads gathers the fields that a rule reads, directly or through conditions.
func (d *deriver) reads(r *rule, into map[string]bool, seen map[*rule]bool) {
	if seen[r] {
		return
	}
	seen[r] = true
	ast.WalkRefs(r.Rule, func(ref ast.Ref) bool {
		w := r.path(ref)
		switch {
		case len(w) > 1 && w[0] == "data":
			for n := 2; n <= len(w); n++ {
				for _, used := range d.rules[strings.Join(w[1:n], ".")] {
					d.reads(used, into, seen)
				}
			}
		default:
			// Anywhere in the reference: input.is.…, column.isnt.…
			for i := range w {
				if f, _ := d.field(w[i:]); f != nil {
					into[f.Path] = true
				}
				if f, _ := d.field(append([]string{"schema", "fields[]"}, w[i:]...)); f != nil {
					into[f.Path] = true
				}
			}
		}
		return false
	})
}

// words are the fixed parts of a reference.
func words(terms []*ast.Term) []string {
	var out []string
	for _, t := range terms {
		s, ok := t.Value.(ast.String)
		if !ok {
			break
		}
		out = append(out, string(s))
	}
	return out
}

// path is a reference with its first word as the module imports it.
func (r *rule) path(ref ast.Ref) []string {
	head, ok := ref[0].Value.(ast.Var)
	if !ok {
		return nil
	}
	start, imported := r.imports[head]
	if !imported {
		start = []string{string(head)}
	}
	return append(slices.Clone(start), words(ref[1:])...)
}

// field finds the field that words begin with, and what follows it.
func (d *deriver) field(w []string) (f *checklist.Field, rest []string) {
	for n := min(len(w), 4); n > 0; n-- {
		if f := d.descriptor.Field(strings.Join(w[:n], ".")); f != nil {
			return f, w[n:]
		}
	}
	return nil, nil
}

// asked is the condition that a field's question is asked on.
func (d *deriver) asked(name string) *Expr { return d.named(askedPackage + "." + name) }

// named is the expression of a rule: a reference to it, unless it is simple.
func (d *deriver) named(name string) *Expr {
	if e, ok := d.found[name]; ok {
		return e
	}
	rules := d.rules[name]
	if len(rules) == 0 || d.busy[name] {
		return always
	}
	d.busy[name] = true
	defer delete(d.busy, name)
	var bodies []*Expr
	for _, r := range rules {
		for x := r.Rule; x != nil; x = x.Else {
			bodies = append(bodies, d.body(&rule{x, r.pkg, r.imports}))
		}
	}
	e := anyOf(bodies)
	if e.Op != True && e.Op != False && e.Op != Rule {
		d.gates.Rules[name] = e
		d.gates.Order = append(d.gates.Order, name)
		e = &Expr{Op: Rule, Name: name}
	}
	d.found[name] = e
	return e
}

// body is what a body of a rule says.
func (d *deriver) body(r *rule) *Expr {
	if r.Default || len(r.Head.Args) > 0 || r.Head.Key != nil {
		return always
	}
	rows := map[string]bool{} // variables that stand for a column
	var parts []*Expr
	for _, e := range r.Body {
		if s, ok := e.Terms.(*ast.SomeDecl); ok {
			if v := r.column(s); v != "" {
				rows[v] = true
			}
			continue
		}
		parts = append(parts, d.statement(r, e, rows))
	}
	return allOf(parts)
}

// column is the variable of "some column in columns", or "".
func (r *rule) column(s *ast.SomeDecl) string {
	if len(s.Symbols) != 1 {
		return ""
	}
	call, ok := s.Symbols[0].Value.(ast.Call)
	if !ok || len(call) != 3 {
		return ""
	}
	v, isVar := call[1].Value.(ast.Var)
	ref, isRef := call[2].Value.(ast.Ref)
	if !isRef {
		if in, ok := call[2].Value.(ast.Var); ok {
			ref, isRef = ast.Ref{ast.NewTerm(in)}, true
		}
	}
	if isVar && isRef && slices.Equal(r.path(ref), []string{"input", "columns"}) {
		return string(v)
	}
	return ""
}

// statement is what one line of a body says; always for what it cannot tell.
func (d *deriver) statement(r *rule, e *ast.Expr, rows map[string]bool) *Expr {
	if e.Negated || len(e.With) > 0 {
		return always
	}
	switch t := e.Terms.(type) {
	case *ast.Term:
		switch v := t.Value.(type) {
		case ast.Var:
			return d.reference(r, ast.Ref{t}, rows)
		case ast.Ref:
			for _, part := range v[1:] {
				if _, fixed := part.Value.(ast.String); !fixed {
					return always
				}
			}
			return d.reference(r, v, rows)
		}
	case []*ast.Term:
		return d.filled(r, t)
	}
	return always
}

// filled understands "is.LIST.size.highest > 0".
func (d *deriver) filled(r *rule, call []*ast.Term) *Expr {
	if len(call) != 3 || call[0].String() != "gt" || call[2].String() != "0" {
		return always
	}
	ref, ok := call[1].Value.(ast.Ref)
	if !ok {
		return always
	}
	w := r.path(ref)
	if len(w) < 2 || w[0] != "input" || w[1] != "is" {
		return always
	}
	f, rest := d.field(w[2:])
	if f == nil || f.Type != "list<object>" || !slices.Equal(rest, []string{"size", "highest"}) {
		return always
	}
	return &Expr{Op: Filled, Field: f.Path, Open: d.open(f, listHolds(f))}
}

func (d *deriver) reference(r *rule, ref ast.Ref, rows map[string]bool) *Expr {
	w := r.path(ref)
	switch {
	case len(w) == 1 && len(d.rules[r.pkg+"."+w[0]]) > 0:
		return d.named(r.pkg + "." + w[0])
	case len(w) > 1 && w[0] == "data":
		return d.named(strings.Join(w[1:], "."))
	case len(w) > 2 && w[0] == "input" && (w[1] == "is" || w[1] == "isnt"):
		return d.fact(w[2:], w[1] == "is")
	case len(w) == 4 && w[0] == "input" && w[1] == "some_column":
		return d.someRow(columns+"[]."+w[2], w[3])
	case len(w) == 4 && rows[w[0]] && w[1] == "is":
		return d.someRow(columns+"[]."+w[2], w[3])
	}
	return always
}

// fact is that a field has, or has not, a value or one of a group.
func (d *deriver) fact(w []string, is bool) *Expr {
	f, rest := d.field(w)
	switch {
	case f == nil || f.OnlyWhen != nil:
		return always
	case f.Type == "list<object>" && len(rest) == 2 && is:
		return d.someRow(f.Path+"[]."+rest[0], rest[1])
	case len(rest) != 1:
		return always
	}
	values := valuesOf(f, rest[0])
	if values == nil {
		return always
	}
	e := &Expr{Op: Is, Field: f.Path, Values: values}
	holds := common(assumed(f), values)
	if !is {
		e.Op, holds = Isnt, !holds
	}
	e.Open = d.open(f, holds)
	return e
}

// someRow is that a row of a list has a value or one of a group.
func (d *deriver) someRow(field, value string) *Expr {
	f := d.descriptor.Field(field)
	if f == nil || f.OnlyWhen != nil {
		return always
	}
	values := valuesOf(f, value)
	if values == nil {
		return always
	}
	e := &Expr{Op: SomeRow, Field: field, Values: values, Open: always}
	switch list := listOf(field); {
	case list != columns:
		// A list that is not there; an attribute that is not there is open.
		if of := d.descriptor.Field(list); of != nil {
			e.Open = d.open(of, listHolds(of))
		}
	case f.Path == role:
	default:
		e.Open = d.open(f, common(assumed(f), values))
	}
	return e
}

// open is whether a field that is not answered may hold, when the answer that is
// taken for granted where it is not asked holds or not.
func (d *deriver) open(f *checklist.Field, holds bool) *Expr {
	switch {
	case holds || f.AskWhen == "always" || f.AskWhen == "":
		return always
	case f.AskWhen == "never":
		return never
	}
	return d.asked(f.AskWhen)
}

// listHolds tells whether a list that is not asked for is taken to have entries.
func listHolds(f *checklist.Field) bool {
	l, ok := f.WhenNotAsked.([]any)
	return ok && len(l) > 0
}

// assumed are the codes that are taken for granted when a question is not asked.
func assumed(f *checklist.Field) []string {
	switch v := f.WhenNotAsked.(type) {
	case string:
		return []string{v}
	case []any:
		out := make([]string, len(v))
		for i := range v {
			out[i] = fmt.Sprint(v[i])
		}
		return out
	}
	return nil
}

// valuesOf are the codes that a name in a policy stands for, or nil.
func valuesOf(f *checklist.Field, name string) []string {
	switch f.ElementType() {
	case "enum":
		if g := f.Groups[name]; g != nil {
			return g
		}
		if slices.ContainsFunc(f.Values, func(v checklist.Value) bool { return v.Value == name }) {
			return []string{name}
		}
	case "tri":
		if name == "yes" || name == "no" {
			return []string{name}
		}
	}
	return nil
}
