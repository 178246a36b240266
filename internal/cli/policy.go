package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"puntari/internal/checklist"
	"puntari/internal/engine"
	"puntari/internal/lint"
	"puntari/internal/policy"
	"puntari/internal/regotest"
	"puntari/policies"
)

// policyCommand gathers the commands for policy owners.
func (a *app) policyCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "policy",
		Short: a.message("policy.short"),
		Long:  a.message("policy.long"),
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return a.failure("cli.unknown_command", "command", "policy "+args[0])
			}
			return nil
		},
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(a.policyLintCommand(), a.policyTestCommand(), a.policyDocsCommand(), a.policyImpactCommand(), a.policyExportCommand(), a.policyInputCommand())
	return c
}

// oneFolder accepts a folder or none.
func (a *app) oneFolder(_ *cobra.Command, args []string) error {
	if len(args) > 1 {
		return a.failure("policy.one_folder")
	}
	return nil
}

// openPolicy opens the policy of a folder or bundle; for "" that of the profile
// that is used, or the built-in one. What is wrong with its files is printed.
func (a *app) openPolicy(name string) (*policy.Policy, error) {
	if name == "" {
		if !a.profile.Own() {
			return policy.Builtin()
		}
		rules, err := policy.Rules(a.profile)
		return &policy.Policy{Name: a.profileFolder, Catalogue: a.profile.Catalogue, Rules: rules, Profile: a.profile}, err
	}
	p, problems, err := policy.Open(name)
	for _, x := range problems {
		fmt.Fprintln(a.stderr, x.Format(a.catalogue, a.lang))
	}
	file, unreadable := errors.AsType[*checklist.FileError](err)
	switch {
	case errors.Is(err, policy.ErrNotAPolicy):
		return nil, a.failure("policy.not_a_policy", "folder", name)
	case unreadable:
		a.printFindings(name, lint.Unreadable(file))
		return nil, exit(exitFailed)
	case err != nil && a.refused(name, err) != nil:
		return nil, a.refused(name, err)
	case err != nil:
		return nil, a.fileError(name, err)
	case p == nil:
		return nil, exit(exitFailed)
	}
	return p, nil
}

func first(args []string) string {
	if len(args) == 0 {
		return ""
	}
	return args[0]
}

// policyName names a policy to people.
func (a *app) policyName(p *policy.Policy) string {
	if p.Name == "" {
		return a.message("policy.builtin")
	}
	return p.Name
}

// printFindings prints findings about the files of a folder.
func (a *app) printFindings(folder string, findings []lint.Finding) {
	for _, f := range findings {
		f.File = filepath.Join(folder, filepath.FromSlash(f.File))
		fmt.Fprintln(a.stderr, f.Text(a.catalogue, a.lang))
	}
}

func (a *app) policyLintCommand() *cobra.Command {
	var fix bool
	c := &cobra.Command{
		Use:     "lint [DIR]",
		Short:   a.message("policy.lint.short"),
		Long:    a.message("policy.lint.long"),
		Example: "  puntari policy lint our-policy",
		Args:    a.oneFolder,
		RunE:    func(_ *cobra.Command, args []string) error { return a.policyLint(first(args), fix) },
	}
	c.Flags().BoolVar(&fix, "fix", false, a.message("policy.lint.flag.fix"))
	return c
}

// policyLint prints what does not fit in a policy.
func (a *app) policyLint(folder string, fix bool) error {
	if fix && folder == "" {
		return a.failure("policy.lint.fix_needs_folder")
	}
	p, err := a.openPolicy(folder)
	if err != nil {
		return err
	}
	findings, rules := []lint.Finding(nil), p.Rules
	if p.Profile != nil {
		// The folder was checked when it was opened; what is left are its rules.
		rules = p.Profile.Policies
		if err := a.checkOwn(p); err != nil {
			return err
		}
	} else {
		findings = lint.Check(p.Catalogue, p.Rules)
	}
	if p.Files != nil {
		lint.Locate(findings, p.Files)
	}
	var layout []lint.Finding
	var formatted map[string][]byte
	if rules != nil {
		layout, formatted = lint.Layout(rules)
	}
	if fix {
		for _, f := range layout {
			name := filepath.Join(folder, filepath.FromSlash(f.File))
			if err := writeFile(name, formatted[strings.TrimPrefix(f.File, "policies/")]); err != nil {
				return a.fileError(name, err)
			}
			fmt.Fprintln(a.stdout, a.message("policy.lint.fixed", "file", name))
		}
		layout = nil
	}
	findings = append(findings, layout...)
	a.printFindings(folder, findings)
	if len(findings) > 0 {
		fmt.Fprintln(a.stdout, a.message("policy.lint.found", "name", a.policyName(p), "count", strconv.Itoa(len(findings))))
		return exit(exitOutcome)
	}
	count, err := countRules(p.Rules)
	if err != nil {
		return err
	}
	items := len(p.Catalogue.Risk.Items) + len(p.Catalogue.Opportunity.Items)
	fmt.Fprintln(a.stdout, a.message("policy.lint.fine", "name", a.policyName(p), "items", strconv.Itoa(items), "rules", strconv.Itoa(count)))
	return nil
}

// checkOwn checks the rules of an organisation, and prints what is wrong with them.
func (a *app) checkOwn(p *policy.Policy) error {
	if p.Profile.Policies == nil {
		_, err := engine.New(p.Catalogue, p.Rules, engine.Options{})
		return err
	}
	own := engine.Own{Identifier: p.Profile.Organisation.Identifier, Files: p.Profile.Policies, Folder: p.Name}
	_, problems, err := engine.CompileOwn(policies.Files, own, p.Catalogue)
	for _, x := range problems {
		fmt.Fprintln(a.stderr, x.Format(a.catalogue, a.lang))
	}
	if err == nil && len(problems) > 0 {
		fmt.Fprintln(a.stdout, a.message("policy.lint.found", "name", a.policyName(p), "count", strconv.Itoa(len(problems))))
		return exit(exitOutcome)
	}
	return err
}

// countRules counts the files of rules, without their tests.
func countRules(rules fs.FS) (n int, err error) {
	err = fs.WalkDir(rules, ".", func(name string, _ fs.DirEntry, err error) error {
		if strings.HasSuffix(name, ".rego") && !strings.HasSuffix(name, "_test.rego") {
			n++
		}
		return err
	})
	return n, err
}

func (a *app) policyTestCommand() *cobra.Command {
	var filter string
	c := &cobra.Command{
		Use:     "test [DIR]",
		Short:   a.message("policy.test.short"),
		Long:    a.message("policy.test.long"),
		Example: "  puntari policy test our-policy\n  puntari policy test our-policy --run operations_test",
		Args:    a.oneFolder,
		RunE: func(c *cobra.Command, args []string) error {
			if _, err := regexp.Compile(filter); err != nil {
				return a.failure("policy.test.bad_run", "filter", filter, "error", err.Error())
			}
			return a.policyTest(c.Context(), first(args), filter)
		},
	}
	c.Flags().StringVar(&filter, "run", "", a.message("policy.test.flag.run"))
	return c
}

// rulePlace is where a file of the rules of a policy is.
func (a *app) rulePlace(p *policy.Policy, file string) string {
	if p.Profile == nil {
		return filepath.Join(p.Name, "policies", filepath.FromSlash(file))
	}
	if own, ok := strings.CutPrefix(file, engine.OwnFolder+"/"); ok {
		return filepath.Join(p.Name, "policies", filepath.FromSlash(own))
	}
	return filepath.Join("policies", filepath.FromSlash(file)) // of the core
}

// policyTest runs the tests of a policy and prints those that do not hold.
func (a *app) policyTest(ctx context.Context, folder, filter string) error {
	p, err := a.openPolicy(folder)
	if err != nil {
		return err
	}
	r, err := regotest.Run(ctx, p.Rules, regotest.Options{Filter: filter})
	broken := lint.RegoErrors(err)
	switch {
	case errors.Is(err, regotest.ErrNoTests):
		return a.failure("policy.test.none", "name", a.policyName(p))
	case len(broken) > 0:
		a.printFindings(folder, broken)
		return exit(exitFailed)
	case err != nil:
		return err
	}
	at := func(f string) string { return a.rulePlace(p, f) }
	for _, f := range r.Failures {
		var text string
		switch {
		case f.Err != nil:
			text = a.message("policy.test.error", "test", f.Test, "error", f.Err.Error())
		case f.Case != "":
			text = a.message("policy.test.case", "test", f.Test, "case", f.Case)
		default:
			text = a.message("policy.test.rule", "test", f.Test)
		}
		fmt.Fprintf(a.stderr, "%s: %s\n", at(f.String()), text)
	}
	for _, f := range r.Skipped {
		fmt.Fprintf(a.stderr, "%s: %s\n", at(f.String()), a.message("policy.test.skipped", "test", f.Test))
	}
	for _, u := range r.Unreached {
		text := a.message("policy.test.unreached_line")
		if u.To > u.From {
			text = a.message("policy.test.unreached_lines", "to", strconv.Itoa(u.To))
		}
		fmt.Fprintf(a.stderr, "%s:%d: %s\n", at(u.File), u.From, text)
	}
	fmt.Fprintln(a.stdout, a.message("policy.test.done", "name", a.policyName(p), "tests", strconv.Itoa(r.Tests), "cases", strconv.Itoa(r.Cases), "failed", strconv.Itoa(len(r.Failures))))
	if filter == "" {
		fmt.Fprintln(a.stdout, a.message("policy.test.covered", "percent", strconv.FormatFloat(r.Covered, 'f', 1, 64)))
	}
	if len(r.Failures) > 0 || len(r.Unreached) > 0 {
		return exit(exitOutcome)
	}
	return nil
}
