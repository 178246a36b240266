package impact

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing/fstest"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/format"

	"puntari/internal/catalog"
	"puntari/internal/checklist"
	"puntari/internal/engine"
)

// maxVerified is up to how many changes each is taken back by itself to see what
// rests on it. With more, the datasets are put down to changes by their items
// alone: each needs a run of its own over the datasets that differ.
const maxVerified = 24

// verdicts tells apart, by the digest of the descriptor, what the new policy says
// of the datasets whose decision differs, and which changes it rests on.
type verdicts map[[sha256.Size]byte]*cause

type cause struct {
	decision uint64
	changes  uint64
}

// decision is a hash of what makes a decision.
func decision(r *catalog.Result) uint64 {
	h := fnv.New64a()
	if r.Failed() {
		fmt.Fprint(h, "failed")
		return h.Sum64()
	}
	v := &r.Verdict
	fmt.Fprintf(h, "%s|%s|%q|%q", v.Outcome, v.RiskLevel, catalog.Stops(r), v.SignOff.Roles)
	if v.Priority != nil {
		fmt.Fprint(h, *v.Priority)
	}
	return h.Sum64()
}

func digestOf(r *catalog.Result) (sum [sha256.Size]byte, ok bool) {
	data, err := hex.DecodeString(strings.TrimPrefix(r.Digest, "sha256:"))
	return sum, err == nil && copy(sum[:], data) == len(sum)
}

// verify takes each change back by itself and assesses the datasets again whose
// decision differs: one that is decided in another way without the change rests
// on it.
func (c *Comparison) verify(ctx context.Context, sources []string, o catalog.Options, journal func(int) string) error {
	c.causes = verdicts{}
	next := map[[sha256.Size]byte]bool{}
	err := c.Each(func(d *Difference) error {
		if d.Decided() && d.digest != [sha256.Size]byte{} && d.After.Error == "" && d.Before.Error == "" {
			next[d.digest] = true
		}
		return nil
	})
	if err != nil || len(next) == 0 || len(c.Changes) > maxVerified {
		return err
	}
	for r, err := range results(c.journals[1]) {
		if err != nil {
			return err
		}
		if sum, ok := digestOf(r); ok && next[sum] {
			c.causes[sum] = &cause{decision: decision(r)}
		}
	}
	o.Only = func(sum [sha256.Size]byte) bool { return c.causes[sum] != nil }
	for i := range c.Changes {
		p, err := c.without(&c.Changes[i])
		if err != nil {
			return err
		}
		if p == nil {
			continue
		}
		o.Engine, o.Journal = p.Engine, journal(i)
		j, err := catalog.Run(ctx, sources, o)
		if err != nil {
			return err
		}
		for r, failed := range results(j) {
			if failed != nil {
				err = failed
				break
			}
			if sum, ok := digestOf(r); ok && c.causes[sum] != nil && c.causes[sum].decision != decision(r) {
				c.causes[sum].changes |= 1 << i
			}
		}
		if err := errors.Join(err, j.Remove()); err != nil {
			return err
		}
	}
	return nil
}

// without is the new policy with one change taken back; nil where that cannot be
// done with this change alone.
func (c *Comparison) without(ch *Change) (*Policy, error) {
	list, err := clone(c.new.Catalogue)
	if err != nil {
		return nil, err
	}
	rules := c.new.Rules
	if !revert(list, c.old.Catalogue, ch) {
		if rules = c.revertRule(ch); rules == nil {
			return nil, nil
		}
	}
	compile := func() (*engine.Engine, error) {
		if _, own := fs.Stat(rules, engine.OwnFolder); own == nil {
			return engine.New(list, rules, engine.Options{})
		}
		compiled, err := engine.CompileChecked(rules)
		if err != nil {
			return nil, err
		}
		return engine.NewCompiled(list, compiled, engine.Options{})
	}
	// The old rule may not fit into the new file, or an item have no rule then: such
	// a change cannot be taken back alone.
	if e, err := compile(); err == nil {
		return &Policy{Catalogue: list, Rules: rules, Engine: e}, nil
	}
	return nil, nil
}

func clone(c *checklist.Catalogue) (*checklist.Catalogue, error) {
	data, err := json.Marshal(c)
	if err != nil {
		return nil, err
	}
	out := &checklist.Catalogue{}
	return out, json.Unmarshal(data, out)
}

// revert takes a change of the checklists back; false for one of another kind.
func revert(c, old *checklist.Catalogue, ch *Change) bool {
	if ch.Attribute == added || ch.Attribute == removed {
		return false
	}
	switch ch.Kind {
	case Param:
		c.Policy.Params[ch.Name] = old.Policy.Params[ch.Name]
	case Item:
		it, was := c.Item(ch.Name), old.Item(ch.Name)
		switch ch.Attribute {
		case "severity":
			it.Severity = was.Severity
		case "hardStop":
			it.HardStop = was.HardStop
		case "alsoStops":
			it.AlsoStops = was.AlsoStops
		case "procedural":
			it.Procedural = was.Procedural
		case "weight":
			it.Weight = was.Weight
		case "mitigations":
			it.Mitigations = was.Mitigations
		case "validFrom":
			it.ValidFrom = was.ValidFrom
		case "validTo":
			it.ValidTo = was.ValidTo
		default:
			return false
		}
	case Field:
		f, was := c.Descriptor.Field(ch.Name), old.Descriptor.Field(ch.Name)
		switch ch.Attribute {
		case "groups":
			f.Groups = was.Groups
		case "askWhen":
			f.AskWhen = was.AskWhen
		case "whenNotAsked":
			f.WhenNotAsked = was.WhenNotAsked
		case "onlyWhen":
			f.OnlyWhen = was.OnlyWhen
		default:
			return false
		}
	case Level:
		if ch.Attribute != "level" {
			return false
		}
		c.Policy.Levels.Item = old.Policy.Levels.Item
	case Scoring:
		if ch.Attribute != "scoring" {
			return false
		}
		c.Policy.Scoring = old.Policy.Scoring
	case SignOff:
		i := slices.IndexFunc(c.Policy.SignOff, func(s checklist.SignOff) bool { return s.ID == ch.Name })
		j := slices.IndexFunc(old.Policy.SignOff, func(s checklist.SignOff) bool { return s.ID == ch.Name })
		if i < 0 || j < 0 {
			return false
		}
		c.Policy.SignOff[i].Roles = old.Policy.SignOff[j].Roles
	case Mitigation:
		c.Mitigation(ch.Name).Patch = old.Mitigation(ch.Name).Patch
	case Lexicon:
		c.Lexicon = old.Lexicon
	default:
		return false
	}
	return true
}

// revertRule puts the old rule in place of the new one; nil where it cannot be.
func (c *Comparison) revertRule(ch *Change) fs.FS {
	if !slices.Contains([]string{Rule, Condition, Question, Decision}, ch.Kind) {
		return nil
	}
	out := fstest.MapFS{}
	err := fs.WalkDir(c.new.Rules, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".rego" || strings.HasSuffix(name, "_test.rego") {
			return err
		}
		data, err := fs.ReadFile(c.new.Rules, name)
		if err != nil {
			return err
		}
		out[name] = &fstest.MapFile{Data: data}
		before, err := fs.ReadFile(c.old.Rules, name)
		if errors.Is(err, fs.ErrNotExist) {
			return nil // a file that only the new policy has
		}
		if err != nil {
			return err
		}
		m, err := parse(name, data)
		if err != nil {
			return err
		}
		was, err := parse(name, before)
		if err != nil {
			return err
		}
		of := func(m *ast.Module) func(*ast.Rule) bool {
			return func(r *ast.Rule) bool { return engine.RuleName(m, r) == ch.Name }
		}
		if !slices.ContainsFunc(m.Rules, of(m)) && !slices.ContainsFunc(was.Rules, of(was)) {
			return nil
		}
		m.Rules = slices.DeleteFunc(m.Rules, of(m))
		for _, r := range was.Rules {
			if of(was)(r) {
				m.Rules = append(m.Rules, r)
			}
		}
		for _, i := range was.Imports {
			if !slices.ContainsFunc(m.Imports, func(x *ast.Import) bool { return x.Name() == i.Name() }) {
				m.Imports = append(m.Imports, i)
			}
		}
		m.Comments = nil
		text, err := format.Ast(m)
		out[name] = &fstest.MapFile{Data: text}
		return err
	})
	if err != nil {
		return nil
	}
	return out
}

func parse(name string, data []byte) (*ast.Module, error) {
	return ast.ParseModuleWithOpts(name, string(data), ast.ParserOptions{Capabilities: engine.Capabilities()})
}
