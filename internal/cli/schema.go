package cli

import (
	"github.com/spf13/cobra"

	"puntari/internal/schema"
)

func (a *app) schemaCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "schema",
		Short:   a.message("cli.schema.short"),
		Long:    a.message("cli.schema.long"),
		Example: "  puntari schema > descriptor.schema.json",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			data, err := schema.Descriptor(a.catalogue)
			if err != nil {
				return err
			}
			_, err = a.stdout.Write(data)
			return err
		},
	}
}
