package cli

import (
	"context"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"puntari/internal/descriptor"
	"puntari/internal/source"
)

func (a *app) checkCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "check FILE...",
		Short:   a.message("cli.check.short"),
		Long:    a.message("cli.check.long"),
		Example: "  puntari check dataset.yaml",
		Args:    a.files,
		RunE:    func(c *cobra.Command, args []string) error { return a.check(c.Context(), args) },
	}
}

// check prints every problem; the status tells errors from what is incomplete.
func (a *app) check(ctx context.Context, files []string) error {
	failed, incomplete := false, false
	for _, name := range files {
		records, problems := 0, 0
		err := a.records(ctx, name, func(r *source.Record) error {
			records++
			problems += len(r.Problems)
			a.printProblems(r.Problems, true)
			failed = failed || descriptor.HasErrors(r.Problems)
			incomplete = incomplete || len(r.Problems) > 0
			return nil
		})
		switch {
		case err != nil:
			return err
		case records == 0:
			failed = true
		case problems == 0:
			fmt.Fprintln(a.stdout, a.message("cli.check.fine", "file", name, "count", strconv.Itoa(records)))
		default:
			fmt.Fprintln(a.stdout, a.message("cli.check.problems", "file", name, "count", strconv.Itoa(problems)))
		}
	}
	switch {
	case failed:
		return exit(exitFailed)
	case incomplete:
		return exit(exitOutcome)
	}
	return nil
}
