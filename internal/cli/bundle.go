package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"puntari/internal/bundle"
	"puntari/internal/checklist"
	"puntari/internal/descriptor"
	"puntari/internal/engine"
	"puntari/internal/profile"
)

// bundleFlags adds the flags by which a command uses the policy of a bundle.
func (a *app) bundleFlags(c *cobra.Command) *cobra.Command {
	c.Flags().String("bundle", "", a.message("policy.flag.bundle"))
	c.Flags().String("verification-key", "", a.message("policy.flag.verification_key"))
	return c
}

// useBundle makes a command use the policy of the bundle that it names, if any; it
// tells whether it does.
func (a *app) useBundle(c *cobra.Command) (used bool, err error) {
	if c.Flags().Lookup("bundle") == nil {
		return false, nil
	}
	name, _ := c.Flags().GetString("bundle")
	key, _ := c.Flags().GetString("verification-key")
	if name == "" {
		if key != "" {
			return false, a.failure("policy.key_without_bundle")
		}
		return false, nil
	}
	if org, _ := c.Flags().GetString("org"); org != "" {
		return false, a.failure("policy.bundle_or_org")
	}
	b, err := a.readBundle(name, key)
	if err != nil {
		return false, err
	}
	completeMessages(b.Catalogue, a.catalogue)
	a.catalogue, a.rules, a.profileFolder = b.Catalogue, b.Rules, ""
	a.profile = profile.General(b.Catalogue)
	if b.Profile != nil {
		a.profile = b.Profile
	}
	a.speak(c)
	a.engine = sync.OnceValues(func() (*engine.Engine, error) {
		return engine.NewCompiled(b.Catalogue, b.Compiled, engine.Options{})
	})
	a.reader = sync.OnceValue(func() *descriptor.Reader { return descriptor.NewReader(b.Catalogue) })
	return true, nil
}

// completeMessages gives a catalogue that another version of this program may
// have written the words that this one needs. They do not count for its digest.
func completeMessages(c, program *checklist.Catalogue) {
	c.Digest()
	for key, text := range program.Messages {
		had, ok := c.Messages[key]
		names := checklist.Placeholders(text)
		same := ok && slices.Equal(slices.Sorted(slices.Values(names)), slices.Sorted(slices.Values(checklist.Placeholders(had))))
		if !same {
			c.Messages[key] = text
		}
	}
}

// readBundle reads a bundle and checks its signature by the key of a file.
func (a *app) readBundle(name, keyFile string) (*bundle.Bundle, error) {
	var key *bundle.PublicKey
	if keyFile != "" {
		data, err := os.ReadFile(keyFile)
		if err != nil {
			return nil, a.fileError(keyFile, err)
		}
		if key, err = bundle.ParsePublicKey(data); err != nil {
			return nil, a.failure("policy.bad_key", "file", keyFile)
		}
	}
	f, err := a.open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b, err := bundle.Read(f, key)
	if refused := a.refused(name, err); refused != nil {
		return nil, refused
	}
	return b, err
}

// refused says why a bundle is not used; nil for an error of another kind.
func (a *app) refused(name string, err error) error {
	for _, refused := range []struct {
		err error
		key string
	}{
		{bundle.ErrUnsigned, "policy.bundle.unsigned"}, {bundle.ErrSignature, "policy.bundle.signature"}, {bundle.ErrDigest, "policy.bundle.digest"},
		{bundle.ErrForeign, "policy.bundle.foreign"}, {bundle.ErrTooLarge, "policy.bundle.too_large"},
	} {
		if errors.Is(err, refused.err) {
			detail := strings.TrimPrefix(strings.TrimPrefix(err.Error(), refused.err.Error()), ": ")
			return a.failure(refused.key, "file", name, "error", detail)
		}
	}
	return nil
}

func (a *app) policyExportCommand() *cobra.Command {
	var output, key string
	c := &cobra.Command{
		Use:     "export [DIR]",
		Short:   a.message("policy.export.short"),
		Long:    a.message("policy.export.long"),
		Example: "  puntari policy export our-policy -o bundle.tar.gz\n  puntari policy export our-policy -o bundle.tar.gz --signing-key private.pem\n  puntari assess dataset.yaml --bundle bundle.tar.gz --verification-key public.pem",
		Args:    a.oneFolder,
		RunE:    func(_ *cobra.Command, args []string) error { return a.policyExport(first(args), output, key) },
	}
	c.Flags().StringVarP(&output, "output", "o", "", a.message("policy.export.flag.output"))
	c.Flags().StringVar(&key, "signing-key", "", a.message("policy.export.flag.signing_key"))
	return c
}

// policyExport packs a policy into a bundle.
func (a *app) policyExport(folder, output, keyFile string) error {
	if output == "" {
		return a.failure("policy.export.no_output")
	}
	var key *bundle.PrivateKey
	if keyFile != "" {
		data, err := os.ReadFile(keyFile)
		if err != nil {
			return a.fileError(keyFile, err)
		}
		if key, err = bundle.ParsePrivateKey(data); err != nil {
			return a.failure("policy.bad_key", "file", keyFile)
		}
	}
	p, err := a.openPolicy(folder)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := bundle.Write(&b, bundle.Policy{Catalogue: p.Catalogue, Rules: p.Rules, Profile: p.Profile, Tool: tool()}, key); err != nil {
		return err
	}
	packed := b.Bytes()
	if err := a.output(output, packed); err != nil {
		return err
	}
	again, err := bundle.Read(bytes.NewReader(packed), nil)
	if err != nil {
		return err
	}
	fmt.Fprintln(a.stdout, a.message("policy.export.done", "file", output, "revision", again.Revision))
	return nil
}

func (a *app) policyInputCommand() *cobra.Command {
	var output, date string
	c := &cobra.Command{
		Use:     "input FILE",
		Short:   a.message("policy.input.short"),
		Long:    a.message("policy.input.long"),
		Example: "  puntari policy input dataset.yaml -o input.json\n  opa eval --bundle bundle.tar.gz --input input.json " + bundle.Entrypoint,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return a.failure("cli.exactly_one_file")
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error { return a.policyInput(c.Context(), args[0], output, date) },
	}
	c.Flags().StringVarP(&output, "output", "o", "", a.message("cli.flag.export_output"))
	c.Flags().StringVar(&date, "date", "", a.message("cli.flag.date"))
	return a.bundleFlags(c)
}

// policyInput writes what a policy engine needs to know of a dataset.
func (a *app) policyInput(ctx context.Context, file, output, date string) error {
	if err := a.day(date); err != nil {
		return err
	}
	s, err := a.one(ctx, file)
	if err != nil {
		return err
	}
	e, err := a.engine()
	if err != nil {
		return err
	}
	if date == "" {
		date = s.Day(today())
	}
	in, err := e.Input(ctx, s.Dataset, date)
	if err != nil {
		return fmt.Errorf("%s: %w", s.Name, err)
	}
	data, err := json.Marshal(in)
	if err != nil {
		return err
	}
	return a.output(output, append(data, '\n'))
}
