package engine

import (
	"errors"
	"io/fs"
	"slices"
	"strings"

	"puntari/internal/checklist"
)

// OwnFolder is where the rules of an organisation are in a folder that holds all
// rules of a policy.
const OwnFolder = "org"

// CompileFor compiles the rules of a policy, those of an organisation among them in
// the folder org: they are held to what [CompileOwn] allows, wherever they come from.
func CompileFor(c *checklist.Catalogue, rules fs.FS) (*Compiled, error) {
	own, err := fs.Sub(rules, OwnFolder)
	if err != nil {
		return nil, err
	}
	if _, err := fs.Stat(own, "."); err != nil {
		return Compile(rules)
	}
	compiled, problems, err := CompileOwn(withoutOwn{rules}, Own{Identifier: identifier(c), Files: own}, c)
	if err != nil {
		return nil, err
	}
	if len(problems) > 0 {
		var all []error
		for _, p := range problems {
			all = append(all, errors.New(p.Format(c, "en")))
		}
		return nil, errors.Join(all...)
	}
	return compiled, nil
}

// identifier is that of the organisation that has added items to a catalogue.
func identifier(c *checklist.Catalogue) string {
	for _, items := range [][]checklist.Item{c.Risk.Items, c.Opportunity.Items, c.NotInForce} {
		for i := range items {
			if words := strings.Split(items[i].Package, "."); len(words) > 1 {
				return words[1]
			}
		}
	}
	return ""
}

// withoutOwn is a folder of rules without those of an organisation.
type withoutOwn struct{ fs.FS }

// ReadDir reads a folder; [fs.WalkDir] finds files by it.
func (w withoutOwn) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(w.FS, name)
	if name == "." {
		entries = slices.DeleteFunc(entries, func(e fs.DirEntry) bool { return e.Name() == OwnFolder })
	}
	return entries, err
}
