package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"puntari/internal/catalog"
	"puntari/internal/descriptor"
	"puntari/internal/engine"
	"puntari/internal/impact"
	"puntari/internal/report/comparison"
	"puntari/internal/source"
)

// impactFlags are the flags of policy impact.
type impactFlags struct {
	old, new, output, ndjson, date, failOn string
	workers                                int
}

// What ends policy impact with status 1.
const (
	failOnOutcome  = "outcome"
	failOnDecision = "decision"
	failOnAny      = "any"
	failOnNever    = "never"
)

func (a *app) policyImpactCommand() *cobra.Command {
	var f impactFlags
	c := &cobra.Command{
		Use:     "impact SOURCE...",
		Short:   a.message("policy.impact.short"),
		Long:    a.message("policy.impact.long"),
		Example: "  puntari policy impact --new our-policy inventory/ -o impact.xlsx\n  puntari policy impact --old released.tar.gz --new our-policy inventory/ -o impact.md",
		Args:    a.files,
		RunE:    func(c *cobra.Command, args []string) error { return a.policyImpact(c.Context(), args, &f) },
	}
	c.Flags().StringVar(&f.old, "old", "", a.message("policy.impact.flag.old"))
	c.Flags().StringVar(&f.new, "new", "", a.message("policy.impact.flag.new"))
	c.Flags().StringVarP(&f.output, "output", "o", "", a.message("policy.impact.flag.output"))
	c.Flags().StringVar(&f.ndjson, "ndjson", "", a.message("policy.impact.flag.ndjson"))
	c.Flags().StringVar(&f.date, "date", "", a.message("catalog.flag.date"))
	c.Flags().StringVar(&f.failOn, "fail-on", failOnDecision, a.message("policy.impact.flag.fail_on"))
	c.Flags().IntVar(&f.workers, "workers", 0, a.message("catalog.flag.workers"))
	return c
}

func (f *impactFlags) usage(a *app, sources []string) error {
	switch ext := strings.ToLower(filepath.Ext(f.output)); {
	case f.old == "" && f.new == "":
		return a.failure("policy.impact.which")
	case slices.Contains(sources, "-"):
		return a.failure("policy.impact.stdin")
	case !slices.Contains([]string{failOnOutcome, failOnDecision, failOnAny, failOnNever}, f.failOn):
		return a.failure("policy.impact.bad_fail_on", "found", f.failOn)
	case f.output != "" && ext != ".xlsx" && ext != ".md":
		return a.failure("policy.docs.bad_output", "file", f.output, "endings", ".xlsx, .md")
	}
	for _, s := range sources {
		if _, err := os.Stat(s); err != nil {
			return a.fileError(s, err)
		}
	}
	return a.day(f.date)
}

// policyImpact compares two policies on the datasets of sources.
func (a *app) policyImpact(ctx context.Context, sources []string, f *impactFlags) error {
	if err := f.usage(a, sources); err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "puntari-impact-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(folder) }() // a folder of the system for what is left behind
	var sides [2]*impact.Policy
	var names [2]string
	var options [2]catalog.Options
	progress := &catalog.Progress{}
	for i, name := range []string{f.old, f.new} {
		p, err := a.openPolicy(name)
		if err != nil {
			return err
		}
		e, err := engine.New(p.Catalogue, p.Rules, engine.Options{})
		if err != nil {
			return fmt.Errorf("%s: %w", a.policyName(p), err)
		}
		sides[i], names[i] = &impact.Policy{Catalogue: p.Catalogue, Rules: p.Rules, Engine: e}, a.policyName(p)
		options[i] = catalog.Options{
			Engine: e, Reader: source.New(p.Catalogue, descriptor.NewReader(p.Catalogue), p.Rules), Tool: tool(), Lang: a.lang,
			Day: f.date, Today: today(), Workers: f.workers, Journal: filepath.Join(folder, strconv.Itoa(i)), Progress: progress,
		}
	}
	defer boundMemory()()
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	done := a.showProgress(progress)
	c, err := impact.Run(ctx, sources, sides[0], sides[1], options)
	done(err == nil)
	if err != nil {
		return err
	}
	totals, err := a.writeImpact(c, f, comparison.Names{Old: names[0], New: names[1]})
	if err := errors.Join(err, c.Close()); err != nil {
		return err
	}
	switch {
	case totals.Failed > 0:
		fmt.Fprintln(a.stderr, a.message("policy.impact.failed", "count", strconv.Itoa(totals.Failed)))
		return exit(exitFailed)
	case f.failOn == failOnAny && totals.Differ > 0, f.failOn == failOnDecision && totals.Decided > 0, f.failOn == failOnOutcome && totals.Parts[impact.Outcome] > 0:
		return exit(exitOutcome)
	}
	return nil
}

// writeImpact writes the outputs, each whole or not at all, and the summary.
func (a *app) writeImpact(c *impact.Comparison, f *impactFlags, names comparison.Names) (*impact.Totals, error) {
	totals, err := c.Totals()
	if err != nil {
		return nil, err
	}
	if totals.Records == 0 {
		return nil, a.failure("policy.impact.nothing")
	}
	if f.output != "" {
		var b bytes.Buffer
		write := comparison.Workbook
		if strings.EqualFold(filepath.Ext(f.output), ".md") {
			write = comparison.Markdown
		}
		if err := write(&b, c, totals, a.words, names); err != nil {
			return nil, err
		}
		if err := a.output(f.output, b.Bytes()); err != nil {
			return nil, err
		}
	}
	if f.ndjson != "" {
		if err := a.impactLines(c, f.ndjson); err != nil {
			return nil, err
		}
	}
	comparison.Terminal(a.stdout, c, totals, a.words, names)
	for _, name := range []string{f.output, f.ndjson} {
		if name != "" {
			fmt.Fprintln(a.stdout, a.message("policy.written", "file", name))
		}
	}
	return totals, nil
}

// impactLines writes the changes of the policy on the first line, then a line for
// each dataset that differs.
func (a *app) impactLines(c *impact.Comparison, name string) error {
	p, err := newPending(name)
	if err != nil {
		return a.fileError(name, err)
	}
	defer p.drop()
	e := json.NewEncoder(p.buffer)
	e.SetEscapeHTML(false)
	if err := e.Encode(map[string]any{"changes": c.Changes}); err != nil {
		return err
	}
	err = c.Each(func(d *impact.Difference) error {
		if len(d.What) == 0 {
			return nil
		}
		return e.Encode(d)
	})
	if err != nil {
		return err
	}
	if err := p.keep(); err != nil {
		return a.fileError(name, err)
	}
	return nil
}
