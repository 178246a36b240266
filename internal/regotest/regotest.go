// Package regotest runs the tests of policies, as the test command of the policy
// engine does, and tells which lines of the rules no test reaches.
package regotest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/cover"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/tester"

	"puntari/internal/engine"
)

// Options choose what is run.
type Options struct {
	// Filter is a regular expression; only tests whose full name
	// (data.puntari.risk.rights_test.test_rows) it matches are run. Coverage is not
	// looked at then.
	Filter string
	// Timeout is how long one test may take; 0 means a minute.
	Timeout time.Duration
}

// Report is what the tests came to.
type Report struct {
	// Tests are rules whose name begins with test_, Cases what they try; a test
	// without cases of its own is one.
	Tests, Cases int
	Failures     []Failure
	// Skipped are the tests whose name begins with todo_test_.
	Skipped []Failure
	// Unreached are lines of rules that no test reaches. Covered is the share of
	// the lines that are reached, 0 to 100.
	Unreached []Lines
	Covered   float64
}

// Failure is a test, or a case of one, that does not hold.
type Failure struct {
	File         string
	Line, Column int
	// Test is the name of the rule with its package, Case what the failing case is
	// called, "" for a test without cases.
	Test, Case string
	// Err is why the test ended early; nil when it merely did not hold.
	Err error
}

// Lines are lines of a file, from 1, both included.
type Lines struct {
	File     string
	From, To int
}

// ErrNoTests says that there is nothing to run.
var ErrNoTests = errors.New("no tests")

// Run runs the tests of a folder of policies. Policies and tests can use what
// policies can use in an assessment and nothing more: no network, no clock, no
// environment. An error is an [ast.Errors] where the policies do not compile.
func Run(ctx context.Context, policies fs.FS, o Options) (*Report, error) {
	if o.Timeout == 0 {
		o.Timeout = time.Minute
	}
	modules, err := parse(policies)
	if err != nil {
		return nil, err
	}
	tracer := cover.New()
	store := inmem.New()
	report := &Report{}
	err = storage.Txn(ctx, store, storage.WriteParams, func(txn storage.Transaction) error {
		runner := tester.NewRunner().SetStore(store).SetModules(modules).SetTimeout(o.Timeout).Filter(o.Filter).
			SetCompiler(ast.NewCompiler().WithCapabilities(engine.Capabilities()))
		if o.Filter == "" {
			// Passes without rule indexing would tell lines that only the index passes
			// over from others; they take three times as long and find nothing more.
			runner.SetCoverageQueryTracer(tracer).SetCoverageRuns(nil)
		}
		results, err := runner.RunTests(ctx, txn)
		if err != nil {
			return err
		}
		for r := range results {
			report.add(r, modules)
		}
		return ctx.Err()
	})
	if err != nil {
		return nil, err
	}
	if report.Tests == 0 {
		return nil, ErrNoTests
	}
	if o.Filter == "" {
		report.coverage(tracer.Report(modules))
	}
	report.sort()
	return report, nil
}

// parse reads all modules, the tests among them.
func parse(policies fs.FS) (map[string]*ast.Module, error) {
	modules := map[string]*ast.Module{}
	err := fs.WalkDir(policies, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".rego" {
			return err
		}
		data, err := fs.ReadFile(policies, name)
		if err != nil {
			return err
		}
		modules[name], err = ast.ParseModuleWithOpts(name, string(data), ast.ParserOptions{ProcessAnnotation: true, Capabilities: engine.Capabilities()})
		return err
	})
	return modules, err
}

// add takes the result of one test.
func (r *Report) add(x *tester.Result, modules map[string]*ast.Module) {
	f := Failure{Test: strings.TrimPrefix(x.Package, "data.") + "." + x.Name}
	if x.Location != nil {
		f.File, f.Line, f.Column = x.Location.File, x.Location.Row, x.Location.Col
	}
	if x.Skip {
		r.Skipped = append(r.Skipped, f)
		return
	}
	r.Tests++
	before, cases := len(r.Failures), 0
	for name, sub := range x.SubResults.Iter {
		if len(sub.SubResults) > 0 {
			continue
		}
		cases++
		if sub.Fail {
			one := f
			one.Case = strings.Join(name, ", ")
			if at := place(modules[f.File], name[len(name)-1]); at != nil {
				one.Line, one.Column = at.Row, at.Col
			}
			r.Failures = append(r.Failures, one)
		}
	}
	r.Cases += max(1, cases)
	if x.Pass() || x.Error == nil && len(r.Failures) > before {
		return
	}
	f.Err = x.Error
	r.Failures = append(r.Failures, f)
}

// place finds where the name of a case is written.
func place(m *ast.Module, name string) *ast.Location {
	if m == nil {
		return nil
	}
	var at *ast.Location
	ast.WalkTerms(m, func(t *ast.Term) bool {
		if s, ok := t.Value.(ast.String); ok && string(s) == name && at == nil {
			at = t.Location
		}
		return at != nil
	})
	return at
}

func (r *Report) coverage(c cover.Report) {
	covered, all := 0, 0
	for file, f := range c.Files {
		if strings.HasSuffix(file, "_test.rego") {
			continue
		}
		covered += f.CoveredLines
		all += f.CoveredLines + f.NotCoveredLines
		for _, n := range f.NotCovered {
			r.Unreached = append(r.Unreached, Lines{file, n.Start.Row, n.End.Row})
		}
	}
	if all > 0 {
		r.Covered = 100 * float64(covered) / float64(all)
	}
}

func (r *Report) sort() {
	for _, list := range [][]Failure{r.Failures, r.Skipped} {
		slices.SortFunc(list, func(a, b Failure) int {
			return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Test, b.Test), cmp.Compare(a.Case, b.Case))
		})
	}
	slices.SortFunc(r.Unreached, func(a, b Lines) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.From, b.From))
	})
	var joined []Lines
	for _, u := range r.Unreached {
		if n := len(joined); n > 0 && joined[n-1].File == u.File && u.From <= joined[n-1].To+1 {
			joined[n-1].To = max(joined[n-1].To, u.To)
			continue
		}
		joined = append(joined, u)
	}
	r.Unreached = joined
}

// String is the place of a failure as file:line:column.
func (f Failure) String() string { return fmt.Sprintf("%s:%d:%d", f.File, f.Line, f.Column) }
