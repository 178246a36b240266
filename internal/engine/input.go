package engine

import (
	"context"
	"fmt"

	"github.com/open-policy-agent/opa/v1/ast"

	"puntari/internal/descriptor"
	"puntari/internal/facts"
)

// Input is what a policy engine needs to know of a dataset to come to the same
// result: the facts in their views, and the few things that only this program
// works out. Its JSON form is the input of a bundle (see docs/bundles.md).
func (e *Engine) Input(ctx context.Context, d *descriptor.Dataset, day string) (map[string]any, error) {
	date, err := dayOf(day)
	if err != nil {
		return nil, err
	}
	if e, err = e.on(day); err != nil {
		return nil, err
	}
	r, err := e.evaluate(ctx, d, date, nil)
	if err != nil {
		return nil, err
	}
	out, err := e.inputOf(r)
	if err != nil {
		return nil, err
	}
	out["date"] = day
	if r.after != nil {
		after, err := e.inputOf(r.after)
		if err != nil {
			return nil, err
		}
		out["withMeasures"] = after
		out["sameProduct"] = r.whatIf.SameProduct
	}
	return out, nil
}

// inputOf is the input for one run.
func (e *Engine) inputOf(r *run) (map[string]any, error) {
	v := newView(e)
	views := func(states []facts.State) (map[string]any, error) {
		in := v.inputs(r.c, states, nil)
		out := map[string]any{}
		for name, value := range map[string]ast.Value{
			"known": in.known(), "possible": in.possible(), "boundKnown": in.boundKnown(), "boundPossible": in.boundPossible(),
		} {
			plain, err := ast.JSON(value)
			if err != nil {
				return nil, fmt.Errorf("input: %w", err)
			}
			out[name] = plain
		}
		return out, nil
	}
	risk, err := views(r.c.Risk)
	if err != nil {
		return nil, err
	}
	opportunity, err := views(r.c.Opportunity)
	if err != nil {
		return nil, err
	}
	delete(opportunity, "boundKnown") // nothing must be proven there
	delete(opportunity, "boundPossible")
	named, basis := e.channel(r.c)
	ms, err := ast.JSON(measures(r.c.Dataset).Value)
	if err != nil {
		return nil, fmt.Errorf("input: %w", err)
	}
	return map[string]any{
		"dataset": text(r.c.Dataset.Dataset.Identifier),
		"risk":    risk, "opportunity": opportunity,
		"value": r.verdict.value, "readiness": r.verdict.readiness,
		"channel":  map[string]any{"named": named, "basis": basis},
		"measures": ms,
	}, nil
}
