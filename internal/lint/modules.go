package lint

import (
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"puntari/internal/engine"
)

// module is one file of the policies.
type module struct {
	*ast.Module
	file string
	// pkg is the package without "puntari.": risk.rights.
	pkg     string
	imports map[ast.Var][]step
}

// rule is everything that is written under one name: all bodies of a row of an
// item, of a condition, of a helper.
type rule struct {
	module    *module
	name, key string
	bodies    []*ast.Rule
	reads     []reference
}

// path is the name of the rule from the root: risk.rights.fail RISK-IPR-01.
func (r *rule) path() string {
	p := r.module.pkg + "." + r.name
	if r.key != "" {
		p += " " + r.key
	}
	return p
}

func (r *rule) private() bool { return strings.HasPrefix(r.name, "_") }

// where is the place of a piece of a policy.
func (m *module) where(loc *ast.Location) Place {
	if loc == nil {
		return Place{File: "policies/" + m.file}
	}
	return Place{"policies/" + m.file, loc.Row, loc.Col}
}

// section is the first part of the package: risk, opportunity, conditions.
func (m *module) section() string {
	s, _, _ := strings.Cut(m.pkg, ".")
	return s
}

// silent tells whether the module speaks of facts that may not be known, so
// that it must not conclude anything from silence.
func (m *module) silent() bool {
	return slices.Contains([]string{"conditions", "asked", "risk", "opportunity"}, m.section())
}

// read parses and compiles the policies; false means that they are not fit for
// further checks.
func (l *linter) read(policies fs.FS) bool {
	parsed := map[string]*ast.Module{}
	fit := true
	err := fs.WalkDir(policies, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".rego" || strings.HasSuffix(name, "_test.rego") {
			return err
		}
		data, err := fs.ReadFile(policies, name)
		if err != nil {
			return err
		}
		m, err := ast.ParseModuleWithOpts(name, string(data), ast.ParserOptions{ProcessAnnotation: true})
		if err != nil {
			l.regoErrors(name, err)
			fit = false
			return nil
		}
		parsed[name] = m
		return nil
	})
	if err != nil {
		l.find("rego", "policies", "error", err.Error())
		return false
	}
	for _, name := range slices.Sorted(maps.Keys(parsed)) {
		fit = l.add(name, parsed[name]) && fit
	}
	if !fit {
		return false
	}
	copies := map[string]*ast.Module{}
	for name, m := range parsed {
		copies[name] = m.Copy()
	}
	compiler := ast.NewCompiler().WithCapabilities(engine.Capabilities()).WithStrict(true)
	if compiler.Compile(copies); compiler.Failed() {
		l.regoErrors("", compiler.Errors)
	}
	return true
}

// RegoErrors tells what the policy engine finds wrong with policies; none for an
// error of another kind.
func RegoErrors(err error) []Finding {
	var errs ast.Errors
	if !errors.As(err, &errs) {
		return nil
	}
	l := &linter{}
	l.regoErrors("", errs)
	return l.sorted()
}

// regoErrors adds what the policy engine finds wrong with a module; file is the
// place of an error that names none.
func (l *linter) regoErrors(file string, err error) {
	var errs ast.Errors
	if !errors.As(err, &errs) {
		l.find("rego", path.Join("policies", file), "error", err.Error())
		return
	}
	for _, e := range errs {
		code := "rego"
		switch e.Code {
		case ast.UnsafeVarErr:
			code = "rego_unsafe"
		case ast.TypeErr:
			code = "rego_type"
		case ast.RecursionErr:
			code = "rego_recursion"
		}
		at := Place{File: path.Join("policies", file)}
		if e.Location != nil {
			at = Place{path.Join("policies", e.Location.File), e.Location.Row, e.Location.Col}
		}
		// Where an error spans lines, the first says what is wrong.
		message, _, _ := strings.Cut(e.Message, "\n")
		l.findAt(code, at, "error", message)
	}
}

// add takes a module apart into rules; false means that it is of no package of
// ours.
func (l *linter) add(file string, parsed *ast.Module) bool {
	var words []string
	for _, t := range parsed.Package.Path[1:] {
		if s, ok := t.Value.(ast.String); ok {
			words = append(words, string(s))
		}
	}
	if len(words) < 2 || words[0] != "puntari" {
		l.find("package", "policies/"+file, "package", strings.Join(words, "."))
		return false
	}
	m := &module{Module: parsed, file: file, pkg: strings.Join(words[1:], "."), imports: map[ast.Var][]step{}}
	for _, i := range parsed.Imports {
		if ref, ok := i.Path.Value.(ast.Ref); ok {
			m.imports[i.Name()] = constants(ref)
		}
	}
	l.modules = append(l.modules, m)
	var last *rule
	for _, body := range parsed.Rules {
		r := &rule{module: m, name: body.Head.Name.String()}
		if body.Head.Key != nil {
			r.key = strings.Trim(body.Head.Key.String(), `"`)
		}
		if known := l.rules[r.path()]; known != nil {
			r = known
			if r != last && r.private() {
				l.findAt("apart", m.where(body.Location), "rule", r.name)
			}
		}
		if len(r.bodies) == 0 {
			l.rules[r.path()] = r
			l.inOrder = append(l.inOrder, r)
		}
		r.bodies = append(r.bodies, body)
		last = r
	}
	return true
}

// named are the rules of a package with a name, with any key.
func (l *linter) named(pkg, name string) []*rule {
	var out []*rule
	for _, r := range l.inOrder {
		if r.module.pkg == pkg && r.name == name {
			out = append(out, r)
		}
	}
	return out
}
