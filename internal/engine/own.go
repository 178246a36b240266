package engine

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"

	"puntari/internal/checklist"
	"puntari/internal/descriptor"
)

// Own are the Rego modules of an organisation, for the items that it added.
//
// They are written by others than the program, so they are held to a small part of
// Rego, that in which the rows of the core are written: conditions on facts, joined
// by and, with loops over columns. Nothing in it can build a value, so that memory
// is bounded by the facts; nothing can speak of the network, the clock, the
// environment or chance; and nothing can reach into the rules of the core but to ask
// its conditions. What is left to bound is time, by the size of what a rule comes to
// when all rules that it names are written out, and by the time-out of every
// evaluation.
type Own struct {
	// Identifier is that of the organisation: its packages are org.<identifier>.
	Identifier string
	// Files are the modules; tests among them are left alone.
	Files fs.FS
	// Folder is shown before the names of files in problems.
	Folder string
}

// Limits on the modules of an organisation.
const (
	maxModule      = 128 << 10 // bytes of a file
	maxModules     = 100
	maxNesting     = 200  // of terms, for the parser
	maxWrittenOut  = 5000 // conditions of a rule with the rules it names written out
	compileTimeout = 10 * time.Second
)

// reviewer looks at the modules of an organisation.
type reviewer struct {
	own      *Own
	c        *checklist.Catalogue
	prefix   string // org.<identifier>
	problems []descriptor.Problem
	sources  map[string]string
	parsed   map[string]*ast.Module
	// rules are the organisation's rules by their full path.
	rules map[string][]*ast.Rule
	of    map[*ast.Rule]*ast.Module
	sizes map[string]int
	rows  map[string]bool // "RISK-KIV-01 fail"
	alias map[ast.Var][]string
	local map[ast.Var]bool
	// core are the conditions of the core.
	conditions map[string]bool
}

// CompileOwn compiles the core's policies with those of an organisation. What is
// wrong with the organisation's modules is returned as problems with their places;
// there are no compiled policies then.
func CompileOwn(core fs.FS, own Own, c *checklist.Catalogue) (*Compiled, []descriptor.Problem, error) {
	modules, digest, err := parse(core)
	if err != nil {
		return nil, nil, err
	}
	r := &reviewer{
		own: &own, c: c, prefix: "org." + own.Identifier, sources: map[string]string{}, parsed: map[string]*ast.Module{},
		rules: map[string][]*ast.Rule{}, of: map[*ast.Rule]*ast.Module{}, sizes: map[string]int{}, rows: map[string]bool{}, conditions: map[string]bool{},
	}
	for _, m := range modules {
		if packageName(m) == "conditions" {
			for _, rule := range m.Rules {
				r.conditions[rule.Head.Name.String()] = true
			}
		}
	}
	if err := r.read(); err != nil {
		return nil, nil, err
	}
	r.review()
	if len(r.problems) > 0 {
		return nil, r.problems, nil
	}
	for name, m := range r.parsed {
		modules["org/"+name] = m
	}
	compiler, err := compileInTime(modules)
	if err != nil {
		r.compileErrors(err)
		return nil, r.problems, nil
	}
	var all strings.Builder
	all.WriteString(digest)
	for _, name := range slices.Sorted(maps.Keys(r.parsed)) {
		fmt.Fprintf(&all, "%s %d\n%s", name, len(r.sources[name]), r.sources[name])
	}
	return &Compiled{modules: modules, compiler: compiler, digest: digestOf(all.String())}, nil, nil
}

// compileInTime compiles modules. The compiler cannot be stopped; one that takes too
// long is left behind, and the program ends soon after.
func compileInTime(modules map[string]*ast.Module) (*ast.Compiler, error) {
	type result struct {
		c   *ast.Compiler
		err error
	}
	done := make(chan result, 1)
	go func() {
		defer func() {
			if p := recover(); p != nil {
				done <- result{err: fmt.Errorf("policies: %v", p)}
			}
		}()
		c, err := compile(modules)
		done <- result{c, err}
	}()
	select {
	case r := <-done:
		return r.c, r.err
	case <-time.After(compileTimeout):
		return nil, fmt.Errorf("%w: compiling took more than %s", ErrCouldNotAssess, compileTimeout)
	}
}

// read parses the modules.
func (r *reviewer) read() error {
	return fs.WalkDir(r.own.Files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".rego" || strings.HasSuffix(name, "_test.rego") {
			return err
		}
		data, err := fs.ReadFile(r.own.Files, name)
		if err != nil {
			return err
		}
		if len(data) > maxModule {
			r.at(name, 1, 1, "rego.too_large", "limit", strconv.Itoa(maxModule>>10))
			return nil
		}
		if len(r.sources) == maxModules {
			r.at(name, 1, 1, "rego.too_many", "limit", strconv.Itoa(maxModules))
			return fs.SkipAll
		}
		r.sources[name] = string(data)
		m, err := r.module(name, string(data))
		if err != nil {
			r.parseErrors(name, err)
			return nil
		}
		r.parsed[name] = m
		return nil
	})
}

// module parses a module.
func (r *reviewer) module(name, text string) (m *ast.Module, err error) {
	defer func() {
		if p := recover(); p != nil {
			m, err = nil, fmt.Errorf("%v", p)
		}
	}()
	parser := ast.NewParser().WithFilename(name).WithReader(strings.NewReader(text)).WithCapabilities(Capabilities()).WithMaxRecursionDepth(maxNesting)
	statements, _, errs := parser.Parse()
	if len(errs) > 0 {
		return nil, errs
	}
	_ = statements
	return ast.ParseModuleWithOpts(name, text, ast.ParserOptions{Capabilities: Capabilities()})
}

func (r *reviewer) parseErrors(name string, err error) {
	var errs ast.Errors
	if !errors.As(err, &errs) {
		r.at(name, 1, 1, "rego.syntax", "error", err.Error())
		return
	}
	for _, e := range errs {
		line, column := 1, 1
		if e.Location != nil {
			line, column = e.Location.Row, max(1, e.Location.Col)
		}
		message, _, _ := strings.Cut(e.Message, "\n")
		r.at(name, line, column, "rego.syntax", "error", message)
	}
}

func (r *reviewer) compileErrors(err error) {
	var errs ast.Errors
	if !errors.As(err, &errs) {
		r.problems = append(r.problems, descriptor.TextProblem(filepath.Join(r.own.Folder, "policies"), "", 1, 1, "profile.rego.syntax", map[string]string{"error": err.Error()}))
		return
	}
	for _, e := range errs {
		name, line, column := "", 1, 1
		if e.Location != nil {
			name, line, column = strings.TrimPrefix(e.Location.File, "org/"), e.Location.Row, max(1, e.Location.Col)
		}
		message, _, _ := strings.Cut(e.Message, "\n")
		r.at(name, line, column, "rego.syntax", "error", message)
	}
}

// at notes a problem at a place of a module.
func (r *reviewer) at(name string, line, column int, code string, params ...string) {
	m := map[string]string{}
	for i := 0; i+1 < len(params); i += 2 {
		m[params[i]] = params[i+1]
	}
	shown := filepath.Join(r.own.Folder, "policies", filepath.FromSlash(name))
	r.problems = append(r.problems, descriptor.TextProblem(shown, r.sources[name], line, column, "profile."+code, m))
}

func (r *reviewer) note(loc *ast.Location, code string, params ...string) {
	if loc == nil {
		loc = &ast.Location{Row: 1, Col: 1}
	}
	r.at(loc.File, loc.Row, max(1, loc.Col), code, params...)
}

// review looks at every rule.
func (r *reviewer) review() {
	names := slices.Sorted(maps.Keys(r.parsed))
	for _, name := range names {
		m := r.parsed[name]
		if pkg := packageName(m); pkg != r.prefix && !strings.HasPrefix(pkg, r.prefix+".") {
			r.note(m.Package.Location, "rego.package", "found", pkg, "package", r.prefix)
			delete(r.parsed, name)
			continue
		}
		for _, rule := range m.Rules {
			p := packageName(m) + "." + rule.Head.Name.String()
			r.rules[p] = append(r.rules[p], rule)
			r.of[rule] = m
		}
	}
	for _, name := range names {
		m, ok := r.parsed[name]
		if !ok {
			continue
		}
		r.imports(m)
		for _, rule := range m.Rules {
			r.rule(m, rule)
		}
	}
	if len(r.problems) > 0 {
		return
	}
	for _, p := range slices.Sorted(maps.Keys(r.rules)) {
		if r.writtenOut(p, nil) > maxWrittenOut {
			r.note(r.rules[p][0].Location, "rego.too_big", "found", p, "limit", strconv.Itoa(maxWrittenOut))
		}
	}
	r.allRows()
}

// imports resolves what a module imports.
func (r *reviewer) imports(m *ast.Module) {
	r.alias = map[ast.Var][]string{}
	for _, i := range m.Imports {
		ref, ok := i.Path.Value.(ast.Ref)
		if !ok {
			continue
		}
		words := append([]string{string(ref[0].Value.(ast.Var))}, ground(ref[1:])...)
		if words[0] == "rego" || words[0] == "future" {
			continue
		}
		if !r.reachable(words) && !slices.Equal(words, []string{"data", "params"}) && !slices.Equal(words, []string{"data", "puntari", "conditions"}) {
			r.note(i.Location, "rego.reach", "found", strings.Join(words, "."))
		}
		r.alias[i.Name()] = words
	}
}

// reachable tells whether an organisation's rule may speak of something: facts,
// parameters, the core's conditions, and what is its own.
func (r *reviewer) reachable(words []string) bool {
	if words[0] == "input" {
		return len(words) > 1
	}
	if words[0] != "data" || len(words) < 3 {
		return false
	}
	switch words[1] {
	case "params":
		_, ok := r.c.Policy.Params[words[2]]
		return ok && len(words) == 3
	case "puntari":
		return words[2] == "conditions" && (len(words) == 3 || len(words) == 4 && r.conditions[words[3]])
	case "org":
		return words[2] == r.own.Identifier
	}
	return false
}

// rule looks at one rule.
func (r *reviewer) rule(m *ast.Module, rule *ast.Rule) {
	h := rule.Head
	switch {
	case rule.Default:
		r.note(rule.Location, "rego.word", "found", "default")
	case rule.Else != nil:
		r.note(rule.Else.Location, "rego.word", "found", "else")
	case len(h.Ref()) > 1 && h.Key == nil:
		r.note(rule.Location, "rego.head", "found", h.Ref().String())
	case h.Key != nil:
		r.row(m, rule)
	case h.Value != nil && !h.Value.Equal(ast.BooleanTerm(true)):
		r.note(rule.Location, "rego.head", "found", h.Name.String())
	case len(h.Args) > 1:
		r.note(rule.Location, "rego.arguments", "found", h.Name.String())
	}
	r.local = map[ast.Var]bool{}
	for _, a := range h.Args {
		v, ok := a.Value.(ast.Var)
		if !ok {
			r.note(rule.Location, "rego.arguments", "found", h.Name.String())
			continue
		}
		r.local[v] = true
	}
	r.body(m, rule.Body)
}

// row looks at a rule that adds to a set: a row of an added item.
func (r *reviewer) row(m *ast.Module, rule *ast.Rule) {
	kind := strings.TrimPrefix(packageName(m), r.prefix+".")
	rows := riskRows
	switch kind {
	case "risk":
	case "opportunity":
		rows = opportunityRows
	default:
		r.note(rule.Location, "rego.row_place", "found", packageName(m), "package", r.prefix+".risk")
		return
	}
	name := rule.Head.Name.String()
	if !slices.Contains(rows, name) {
		r.note(rule.Location, "rego.row_kind", "found", name, "allowed", strings.Join(rows, ", "))
		return
	}
	id, ok := rule.Head.Key.Value.(ast.String)
	if !ok {
		r.note(rule.Location, "rego.row_item", "found", rule.Head.Key.String())
		return
	}
	var added []string
	for _, items := range [][]checklist.Item{r.c.Risk.Items, r.c.Opportunity.Items} {
		for i := range items {
			if items[i].Package == packageName(m) {
				added = append(added, items[i].ID)
			}
		}
	}
	switch it := r.c.Item(string(id)); {
	case it != nil && it.Package == "":
		r.note(rule.Location, "rego.core_item", "found", string(id))
	case !slices.Contains(added, string(id)):
		r.note(rule.Location, "rego.no_item", "found", string(id), "nearest", descriptor.Nearest(string(id), added))
	default:
		r.rows[string(id)+" "+name] = true
	}
}

// allRows makes sure that every added item can fail or be fulfilled.
func (r *reviewer) allRows() {
	for _, l := range []struct {
		items []checklist.Item
		row   string
	}{{r.c.Risk.Items, rowFail}, {r.c.Opportunity.Items, rowPass}} {
		for i := range l.items {
			it := &l.items[i]
			if it.Package != "" && !r.rows[it.ID+" "+l.row] {
				r.at("", 1, 1, "rego.row_missing", "found", it.ID, "row", l.row, "package", it.Package)
			}
		}
	}
}

// body looks at the conditions of a rule.
func (r *reviewer) body(m *ast.Module, b ast.Body) {
	for _, e := range b {
		loc := e.Location
		switch {
		case e.Negated:
			r.note(loc, "rego.word", "found", "not")
			continue
		case len(e.With) > 0:
			r.note(loc, "rego.word", "found", "with")
			continue
		}
		switch t := e.Terms.(type) {
		case *ast.Term:
			if !t.Equal(ast.BooleanTerm(true)) { // the body of a rule without one
				r.condition(m, t, loc)
			}
		case *ast.SomeDecl:
			r.some(t)
		case []*ast.Term:
			r.call(m, t, loc)
		default:
			r.note(loc, "rego.word", "found", "every")
		}
	}
}

// some looks at a loop: over the columns, or over the entries of a list.
func (r *reviewer) some(d *ast.SomeDecl) {
	call, ok := d.Symbols[0].Value.(ast.Call)
	if !ok || len(d.Symbols) != 1 || len(call) != 3 {
		r.note(d.Location, "rego.loop")
		return
	}
	v, isVar := call[1].Value.(ast.Var)
	words, resolved := r.words(call[2].Value)
	switch {
	case !isVar, !resolved, words[0] != "input",
		!slices.Equal(words, []string{"input", "columns"}) && words[len(words)-1] != "entries":
		r.note(d.Location, "rego.loop")
		return
	}
	r.local[v] = true
}

// words resolves a reference of constant words.
func (r *reviewer) words(v ast.Value) ([]string, bool) {
	if name, ok := v.(ast.Var); ok {
		w, ok := r.alias[name]
		return w, ok
	}
	ref, ok := v.(ast.Ref)
	if !ok {
		return nil, false
	}
	head, ok := ref[0].Value.(ast.Var)
	rest := ground(ref[1:])
	if !ok || len(rest) != len(ref)-1 {
		return nil, false
	}
	if w, ok := r.alias[head]; ok {
		return append(slices.Clone(w), rest...), true
	}
	return append([]string{string(head)}, rest...), true
}

// full is the full name of what a rule speaks of in its own package.
func (r *reviewer) full(m *ast.Module, v ast.Value) ([]string, bool) {
	if name, ok := v.(ast.Var); ok && r.alias[name] == nil && !r.local[name] {
		return append([]string{"data"}, strings.Split(packageName(m)+"."+string(name), ".")...), true
	}
	words, ok := r.words(v)
	switch {
	case !ok || words[0] == "input" || words[0] == "data":
		return words, ok
	case r.local[ast.Var(words[0])]:
		return words, true
	case len(words) == 1: // the operator of a call is a reference of one word
		return append([]string{"data"}, strings.Split(packageName(m)+"."+words[0], ".")...), true
	}
	return words, false
}

// condition looks at a term that must hold.
func (r *reviewer) condition(m *ast.Module, t *ast.Term, loc *ast.Location) {
	if call, ok := t.Value.(ast.Call); ok {
		r.call(m, call, loc)
		return
	}
	words, ok := r.full(m, t.Value)
	switch {
	case !ok:
		r.note(loc, "rego.condition", "found", t.String())
	case r.local[ast.Var(words[0])]:
		if len(words) != 4 || words[1] != viewIs && words[1] != viewIsnt {
			r.note(loc, "rego.condition", "found", t.String())
		}
	case !r.reachable(words), words[0] == "data" && words[1] == "params":
		r.note(loc, "rego.reach", "found", t.String())
	}
}

// comparisons are the operators by which numbers are compared, with what must stand
// on the left: too small is asked of the lowest, too large of the highest, so that
// an open number proves nothing.
var comparisons = map[string]string{"lt": "lowest", "lte": "lowest", "gt": "highest", "gte": "highest"}

// call looks at a comparison or at a function of a column.
func (r *reviewer) call(m *ast.Module, terms []*ast.Term, loc *ast.Location) {
	name, args := terms[0].String(), terms[1:]
	if end, ok := comparisons[name]; ok && len(args) == 2 {
		left, isRef := r.words(args[0].Value)
		if !isRef || left[0] != "input" || left[len(left)-1] != end {
			r.note(loc, "rego.comparison", "found", args[0].String(), "end", end)
		}
		r.number(args[1], loc)
		return
	}
	words, ok := r.full(m, terms[0].Value)
	if !ok || words[0] != "data" || !r.reachable(words) || len(args) != 1 {
		r.note(loc, "rego.function", "found", name)
		return
	}
	if v, isVar := args[0].Value.(ast.Var); !isVar || !r.local[v] {
		r.note(loc, "rego.function", "found", name)
	}
}

// number looks at the limit of a comparison: a plain number or a parameter.
func (r *reviewer) number(t *ast.Term, loc *ast.Location) {
	if n, ok := t.Value.(ast.Number); ok && len(n) <= 20 && !strings.ContainsAny(string(n), "eE") {
		return
	}
	words, ok := r.words(t.Value)
	if !ok || words[0] != "data" || words[1] != "params" || !r.reachable(words) {
		r.note(loc, "rego.limit", "found", t.String())
	}
}

// writtenOut is the number of conditions of a rule with the rules of the
// organisation that it names in their place.
func (r *reviewer) writtenOut(p string, within []string) int {
	if n, ok := r.sizes[p]; ok {
		return n
	}
	if slices.Contains(within, p) || len(within) > maxNesting {
		return maxWrittenOut + 1 // the compiler tells of a rule that needs itself
	}
	n := 0
	for _, rule := range r.rules[p] {
		m := r.of[rule]
		r.imports(m)
		for _, named := range r.named(m, rule) {
			n = min(n+1+r.writtenOut(named, append(within, p)), maxWrittenOut+1)
		}
		n += len(rule.Body)
	}
	n = min(n, maxWrittenOut+1)
	r.sizes[p] = n
	return n
}

// named are the rules of the organisation that a rule names, as often as it does.
func (r *reviewer) named(m *ast.Module, rule *ast.Rule) []string {
	var out []string
	r.local = map[ast.Var]bool{}
	add := func(v ast.Value) {
		if words, ok := r.full(m, v); ok && words[0] == "data" {
			if p := strings.Join(words[1:], "."); r.rules[p] != nil {
				out = append(out, p)
			}
		}
	}
	for _, e := range rule.Body {
		switch t := e.Terms.(type) {
		case *ast.Term:
			if call, ok := t.Value.(ast.Call); ok {
				add(call[0].Value)
			} else {
				add(t.Value)
			}
		case []*ast.Term:
			add(t[0].Value)
		}
	}
	return out
}
