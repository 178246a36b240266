package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"github.com/spf13/cobra"

	"puntari/internal/descriptor"
	"puntari/internal/engine"
	"puntari/internal/profile"
	"puntari/internal/wording"
	"puntari/policies"
)

// noProfile is the value of --org for the general profile.
const noProfile = "none"

// useProfile finds out whose profile is used, in this order: --org, PUNTARI_ORG,
// the nearest organisation.yaml in the folders of the files that are named or above
// them (in the current folder where no file is), else the general profile. One that
// was not named by --org is told on standard error, so that nobody is surprised.
func (a *app) useProfile(c *cobra.Command, args []string) error {
	folder, _ := c.Flags().GetString("org")
	named := folder != ""
	if !named {
		folder = os.Getenv("PUNTARI_ORG")
	}
	if folder == "" {
		var err error
		if folder, err = a.findProfile(args); err != nil {
			return err
		}
	}
	if folder == "" || folder == noProfile {
		return nil
	}
	p, err := a.loadProfile(folder)
	if err != nil {
		return err
	}
	a.use(p)
	a.profileFolder = folder
	if p.Policies != nil {
		if err := a.useRules(p, folder); err != nil {
			return err
		}
	}
	a.speak(c)
	if !named {
		fmt.Fprintln(a.stderr, a.message("profile.used", "name", p.Organisation.Title(a.lang), "version", p.Organisation.Version, "where", folder))
	}
	return nil
}

// speak chooses the language of the profile that is used: that of --lang, else that
// of the environment, else the profile's first.
func (a *app) speak(c *cobra.Command) {
	a.lang = language(nil, os.Getenv, a.profile.Languages())
	if lang, _ := c.Flags().GetString("lang"); c.Flags().Changed("lang") && a.speaks(lang) {
		a.lang = lang
	}
	a.words = wording.New(a.catalogue, a.lang)
}

// loadProfile reads a profile and prints its problems.
func (a *app) loadProfile(folder string) (*profile.Profile, error) {
	if info, err := os.Stat(filepath.Join(folder, profile.File)); err != nil || info.IsDir() {
		return nil, a.failure("problem.profile.no_folder", "found", folder)
	}
	p, problems, err := profile.Load(os.DirFS(folder), folder)
	if err != nil {
		return nil, err
	}
	if p == nil {
		return nil, a.unusable(folder, problems)
	}
	return p, nil
}

// unusable prints the problems of a profile.
func (a *app) unusable(folder string, problems []profile.Problem) error {
	for _, problem := range problems {
		fmt.Fprintln(a.stderr, problem.Format(a.catalogue, a.lang))
	}
	return a.failure("cli.profile.unusable", "folder", folder, "count", fmt.Sprint(len(problems)))
}

// useRules makes the commands use the rules of the organisation beside those of the
// core. All problems are found before anything is assessed.
func (a *app) useRules(p *profile.Profile, folder string) error {
	own := engine.Own{Identifier: p.Organisation.Identifier, Files: p.Policies, Folder: folder}
	compiled, problems, err := engine.CompileOwn(policies.Files, own, p.Catalogue)
	switch {
	case err != nil:
		return err
	case len(problems) > 0:
		return a.unusable(folder, problems)
	}
	a.engine = sync.OnceValues(func() (*engine.Engine, error) {
		return engine.NewCompiled(p.Catalogue, compiled, engine.Options{})
	})
	return nil
}

// use makes the commands use a profile.
func (a *app) use(p *profile.Profile) {
	a.profile, a.catalogue = p, p.Catalogue
	a.engine = sync.OnceValues(func() (*engine.Engine, error) {
		return engine.NewCompiled(a.catalogue, a.compiled(), engine.Options{})
	})
	a.reader = sync.OnceValue(func() *descriptor.Reader { return descriptor.NewReader(a.catalogue) })
}

// findProfile looks for the profile of the files that a command names. Files of
// different profiles are not taken together.
func (a *app) findProfile(args []string) (string, error) {
	var files []string
	for _, arg := range args {
		if _, err := os.Stat(arg); err == nil {
			files = append(files, arg)
		}
	}
	if len(files) == 0 {
		files = []string{"."}
	}
	found, of := "", ""
	for i, file := range files {
		folder := profileAbove(file)
		if i > 0 && folder != found {
			return "", a.failure("cli.profile.two", "first", of, "second", file)
		}
		found, of = folder, file
	}
	return found, nil
}

// profileAbove is the nearest folder with a profile, from that of a file upwards.
func profileAbove(file string) string {
	dir, err := filepath.Abs(file)
	if err != nil {
		return ""
	}
	if info, err := os.Stat(dir); err == nil && !info.IsDir() {
		dir = filepath.Dir(dir)
	}
	for {
		if info, err := os.Stat(filepath.Join(dir, profile.File)); err == nil && info.Mode().IsRegular() {
			if wd, err := os.Getwd(); err == nil {
				if short, err := filepath.Rel(wd, dir); err == nil && filepath.IsLocal(short) {
					return short
				}
			}
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return ""
		}
		dir = parent
	}
}

// speaks tells whether the profile has a language.
func (a *app) speaks(lang string) bool { return slices.Contains(a.profile.Languages(), lang) }

// wordsOn are the words of the catalogue as it is in force on a day.
func (a *app) wordsOn(day string) *wording.Words {
	c := a.catalogue.On(day)
	if c == a.catalogue {
		words := *a.words // the words of one assessment are used by one only
		return &words
	}
	return wording.New(c, a.lang)
}
