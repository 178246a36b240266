package cli

import (
	"fmt"
	"runtime/debug"

	"github.com/spf13/cobra"

	"puntari/internal/assessment"
)

// Version is the version of the program; releases set it when they are linked.
var Version = "0.1.0"

// tool names the program in assessments.
func tool() assessment.Tool { return assessment.Tool{Name: "puntari", Version: Version} }

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: a.message("cli.version.short"),
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			e, err := a.engine()
			if err != nil {
				return err
			}
			d := e.Digests()
			fmt.Fprintf(a.stdout, "puntari %s\n", Version)
			fmt.Fprintf(a.stdout, "%s %s %s\n", a.message("cli.version.policy"), a.catalogue.Policy.Version, d.Policies)
			fmt.Fprintf(a.stdout, "%s %s / %s %s\n", a.message("cli.version.checklists"), a.catalogue.Risk.Version, a.catalogue.Opportunity.Version, d.Checklists)
			fmt.Fprintf(a.stdout, "%s %s\n", a.message("cli.version.parameters"), d.Parameters)
			fmt.Fprintf(a.stdout, "%s %s\n", a.message("cli.version.revision"), a.origin(e).Revision)
			if info, ok := debug.ReadBuildInfo(); ok {
				fmt.Fprintf(a.stdout, "%s", info.GoVersion)
				for _, m := range info.Deps {
					if m.Path == "github.com/open-policy-agent/opa" {
						fmt.Fprintf(a.stdout, ", OPA %s", m.Version)
					}
				}
				fmt.Fprintln(a.stdout)
			}
			return nil
		},
	}
}
