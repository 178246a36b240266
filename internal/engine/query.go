package engine

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/metrics"
	"github.com/open-policy-agent/opa/v1/topdown"
)

// query is a query for one reference, or for several values that are assigned
// to variables. It is compiled when it is first used, since a run on one
// dataset needs few of them.
type query struct {
	text string
	// context has the imports that the text relies on, nil without any.
	context *ast.QueryContext

	once sync.Once
	body ast.Body
	vars []ast.Var
	err  error
}

// value is the variable that holds the value of a query for one reference.
const value = ast.Var("value")

// prepare compiles the query.
func (q *query) prepare(c *ast.Compiler) error {
	q.once.Do(func() {
		body, err := ast.ParseBody(q.text)
		if err == nil && len(body) == 1 && !body[0].IsEquality() {
			body, err = ast.ParseBody(string(value) + " = " + q.text)
		}
		if err != nil {
			q.err = fmt.Errorf("policies: %s: %w", q.text, err)
			return
		}
		for _, expr := range body {
			if v, ok := expr.Operand(0).Value.(ast.Var); ok {
				q.vars = append(q.vars, v)
			}
		}
		if q.body, err = c.QueryCompiler().WithContext(q.context).Compile(body); err != nil {
			q.err = fmt.Errorf("policies: %s: %w", q.text, err)
		}
	})
	return q.err
}

// eval evaluates a query of one reference. An undefined reference gives nil.
func (e *Engine) eval(ctx context.Context, q *query, input ast.Value) (ast.Value, error) {
	vs, err := e.evalAll(ctx, q, input)
	if err != nil || vs == nil {
		return nil, err
	}
	return vs[0], nil
}

// evalAll evaluates a query and returns the values of its variables, or nil
// when the query is undefined.
func (e *Engine) evalAll(ctx context.Context, q *query, input ast.Value) ([]ast.Value, error) {
	if err := q.prepare(e.compiler); err != nil {
		return nil, err
	}
	cancel := topdown.NewCancel()
	timer := time.AfterFunc(e.options.Timeout, cancel.Cancel)
	defer timer.Stop()
	stop := context.AfterFunc(ctx, cancel.Cancel)
	defer stop()
	var out []ast.Value
	err := topdown.NewQuery(q.body).
		WithCompiler(e.compiler).
		WithStore(e.store).
		WithTransaction(e.txn).
		WithInput(ast.NewTerm(input)).
		WithMetrics(metrics.NoOp()).
		WithStrictBuiltinErrors(true).
		WithCancel(cancel).
		WithSeed(zero{}).
		WithTime(epoch).
		WithInterQueryBuiltinCache(nil).
		Iter(ctx, func(r topdown.QueryResult) error {
			if out != nil {
				return fmt.Errorf("%s has more than one result", q.text)
			}
			out = make([]ast.Value, len(q.vars))
			for i, v := range q.vars {
				t, ok := r[v]
				if !ok {
					return fmt.Errorf("%s gives no value for %s", q.text, v)
				}
				out[i] = t.Value
			}
			return nil
		})
	switch {
	case topdown.IsCancel(err) && ctx.Err() == nil:
		return nil, fmt.Errorf("%w: %s took more than %s", ErrCouldNotAssess, q.text, e.options.Timeout)
	case err != nil:
		return nil, fmt.Errorf("%w: %s: %w", ErrCouldNotAssess, q.text, err)
	}
	return out, nil
}

// zero is a source of nothing: policies have no randomness to use it for.
type zero struct{}

func (zero) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

var epoch = time.Unix(0, 0).UTC()
