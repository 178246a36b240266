// Package cli is the command line: flags in, exit status out.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"puntari/internal/checklist"
	"puntari/internal/descriptor"
	"puntari/internal/engine"
	"puntari/internal/profile"
	"puntari/internal/report/terminal"
	"puntari/internal/wording"
	"puntari/policies"
)

// The exit statuses.
const (
	exitDone    = 0 // done, and no outcome at or past --fail-on
	exitOutcome = 1 // done, and some outcome at or past --fail-on
	exitFailed  = 2 // could not assess, or bad usage; nothing is half-written
)

// exit is an error that only carries an exit status: everything was said.
type exit int

func (e exit) Error() string { return fmt.Sprintf("exit status %d", int(e)) }

// app is what commands share: where they read and write, the words, and the
// engine, which is made when it is first needed.
type app struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	lang           string
	words          *wording.Words

	profile *profile.Profile
	// profileFolder is where the profile is, "" for the general one.
	profileFolder string

	catalogue *checklist.Catalogue
	// rules are the policies that go with the catalogue.
	rules fs.FS
	// compiled are the policies of the core.
	compiled func() *engine.Compiled
	engine   func() (*engine.Engine, error)
	reader   func() *descriptor.Reader
}

// Main runs the command line and returns the exit status.
func Main(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	a := &app{stdin: stdin, stdout: stdout, stderr: stderr}
	// The policies take as long to compile as the checklists take to read, so
	// both begin at once; a command that needs no engine never waits for it.
	a.compiled = sync.OnceValue(func() *engine.Compiled {
		c, err := engine.CompileChecked(policies.Files)
		if err != nil {
			return &engine.Compiled{Err: err}
		}
		return c
	})
	go a.compiled()
	c, err := checklist.Builtin()
	if err != nil {
		fmt.Fprintln(stderr, "puntari:", err)
		return exitFailed
	}
	a.rules = policies.Files
	a.use(profile.General(c))
	a.lang = language(args, os.Getenv, checklist.Languages)
	a.words = wording.New(c, a.lang)
	root := a.root()
	root.SetArgs(args)
	err = root.ExecuteContext(ctx)
	var status exit
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &status):
		return int(status)
	}
	fmt.Fprintln(stderr, "puntari:", err)
	return exitFailed
}

// language is the language to speak before the flags are read, since help and
// errors about flags are in it too: --lang, else that of the environment, else the
// first one there is.
func language(args []string, env func(string) string, languages []string) string {
	known := func(lang string) bool { return slices.Contains(languages, lang) }
	for i, arg := range args {
		if arg == "--" {
			break
		}
		if v, ok := strings.CutPrefix(arg, "--lang="); ok && known(v) {
			return v
		}
		if arg == "--lang" && i+1 < len(args) && known(args[i+1]) {
			return args[i+1]
		}
	}
	for _, name := range []string{"PUNTARI_LANG", "LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := env(name); v != "" {
			if len(v) >= 2 && known(v[:2]) {
				return v[:2]
			}
			break
		}
	}
	return languages[0]
}

// message returns the program's text with the key; params are pairs of name and value.
func (a *app) message(key string, params ...string) string {
	m := map[string]string{}
	for i := 0; i+1 < len(params); i += 2 {
		m[params[i]] = params[i+1]
	}
	return a.words.Message(key, m)
}

// failure is an error in the user's words.
func (a *app) failure(key string, params ...string) error {
	return errors.New(a.message(key, params...))
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:           "puntari",
		Short:         a.message("cli.root.short"),
		Long:          a.message("cli.root.long"),
		SilenceUsage:  true,
		SilenceErrors: true,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return a.failure("cli.unknown_command", "command", args[0])
			}
			return nil
		},
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.SetIn(a.stdin)
	root.SetOut(a.stdout)
	root.SetErr(a.stderr)
	root.PersistentFlags().String("lang", a.lang, a.message("cli.flag.lang"))
	root.PersistentFlags().String("org", "", a.message("cli.flag.org"))
	root.PersistentPreRunE = func(c *cobra.Command, args []string) error {
		used, err := a.useBundle(c)
		if err == nil && !used {
			err = a.useProfile(c, args)
		}
		if err != nil {
			return err
		}
		if v, _ := c.Flags().GetString("lang"); c.Flags().Changed("lang") && !a.speaks(v) {
			return a.failure("cli.unknown_language", "lang", v, "languages", strings.Join(a.profile.Languages(), ", "))
		}
		return nil
	}
	root.AddCommand(a.bundleFlags(a.assessCommand()), a.bundleFlags(a.describeCommand()), a.bundleFlags(a.catalogCommand()), a.bundleFlags(a.checkCommand()), a.bundleFlags(a.questionsCommand()), a.formCommand(), a.interviewCommand(), a.importCommand(), a.exportCommand(), a.policyCommand(), a.schemaCommand(), a.bundleFlags(a.versionCommand()))
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	return root
}

// today is the day of an assessment for which nobody names another.
func today() string { return time.Now().Format(time.DateOnly) }

// style is how text is shown on a writer: with colour on a terminal that wants
// it, as wide as the terminal is.
func (a *app) style(w io.Writer) terminal.Style {
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return terminal.Style{Width: 100}
	}
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil || width < 40 {
		width = 80
	}
	return terminal.Style{Colour: os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb", Width: min(width, 100)}
}
