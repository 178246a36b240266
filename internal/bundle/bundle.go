// Package bundle packs a data policy into a bundle of the policy engine (Open
// Policy Agent): the rules, the checklists and parameters as data, a manifest,
// and a signature where there is a key. A bundle holds everything that decides;
// a stock policy engine comes to the same result by it as this program.
package bundle

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	opa "github.com/open-policy-agent/opa/v1/bundle"

	"puntari/internal/assessment"
	"puntari/internal/checklist"
	"puntari/internal/engine"
	"puntari/internal/profile"
)

// Format names the form of what a bundle holds besides what the policy engine
// asks for.
const Format = "puntari-bundle/1"

// Entrypoint is the query that gives the assessment; its input is that of
// [engine.Engine.Input].
const Entrypoint = "data.puntari.assessment.assessment"

// assessmentRego does between the facts and the outcome what this program does.
//
//go:embed assessment.rego
var assessmentRego []byte

const (
	rulesFolder    = "policies/"
	assessmentFile = "assessment.rego"
)

// Manifest says what a bundle is of.
type Manifest struct {
	Format   string              `json:"format"`
	Tool     assessment.Tool     `json:"tool"`
	Versions assessment.Versions `json:"versions"`
	// Digests are those that every report names; that of the descriptor is empty.
	Digests assessment.Digests `json:"digests"`
	// Entrypoint is the query that gives the assessment, Assessment the digest of
	// the module that it is in.
	Entrypoint string `json:"entrypoint"`
	Assessment string `json:"assessment"`
}

// Policy is what is packed.
type Policy struct {
	Catalogue *checklist.Catalogue
	// Rules are the Rego modules; their tests stay out of a bundle.
	Rules fs.FS
	// Profile is the organisation's, nil without one.
	Profile *profile.Profile
	Tool    assessment.Tool
}

// Bundle is a bundle that was read.
type Bundle struct {
	Manifest Manifest
	// Revision tells bundles apart: the version of the policy and the beginning of
	// a digest of everything that decides.
	Revision  string
	Catalogue *checklist.Catalogue
	Rules     fs.FS
	// Profile says whose policy it is and what it changes; nil for the general one.
	Profile *profile.Profile
	// Compiled are the rules, compiled.
	Compiled *engine.Compiled
	// Signed tells that it has a signature, Verified that it was checked.
	Signed, Verified bool
}

// Write writes a bundle. Without a key, or with an RSA key, the same policy gives
// the same bytes. The policy must compile.
func Write(w io.Writer, p Policy, key *PrivateKey) error {
	e, err := engine.New(p.Catalogue, p.Rules, engine.Options{})
	if err != nil {
		return err
	}
	digests := e.Digests()
	data, err := plain(engine.Data(p.Catalogue))
	if err != nil {
		return err
	}
	if data["catalogue"], err = plain(p.Catalogue); err != nil {
		return err
	}
	version := p.Catalogue.Policy.Version
	roots := []string{"puntari", "params", "risk", "catalogue"}
	if p.Profile != nil {
		if data["profile"], err = plain(portable(p.Profile)); err != nil {
			return err
		}
		version = p.Profile.Organisation.Version
		roots = append(roots, "profile")
	}
	m := Manifest{
		Format: Format, Tool: p.Tool, Digests: digests, Entrypoint: Entrypoint,
		Versions: assessment.Versions{
			Policy: p.Catalogue.Policy.Version, Risk: p.Catalogue.Risk.Version,
			Opportunity: p.Catalogue.Opportunity.Version, Descriptor: p.Catalogue.Descriptor.Version,
		},
	}
	files, err := modules(p.Rules)
	if err != nil {
		return err
	}
	m.Assessment = digestOf(files, assessmentFile)
	metadata, err := plain(map[string]any{"puntari": m})
	if err != nil {
		return err
	}
	if slices.ContainsFunc(files, func(f opa.ModuleFile) bool { return strings.HasPrefix(f.Path, "/"+rulesFolder+engine.OwnFolder+"/") }) {
		roots = append(roots, "org")
	}
	b := opa.Bundle{
		Manifest: opa.Manifest{Revision: m.Digests.Revision(version), Roots: &roots, RegoVersion: new(int), Metadata: metadata},
		Data:     data,
		Modules:  files,
	}
	*b.Manifest.RegoVersion = 1
	if key != nil {
		if err := key.sign(&b); err != nil {
			return err
		}
	}
	// The files stay as they are: their digests are in every report.
	return opa.NewWriter(w).UseModulePath(true).DisableFormat(true).Write(b)
}

// plain is a value as the reader of JSON would give it.
func plain(v any) (map[string]any, error) {
	data, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("bundle: %w", err)
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var out map[string]any
	if err := d.Decode(&out); err != nil {
		return nil, fmt.Errorf("bundle: %w", err)
	}
	return out, nil
}

// identity is what a bundle says of an organisation's profile besides the
// checklists and rules that come of it.
type identity struct {
	Organisation profile.Organisation `json:"organisation"`
	Layers       []profile.Layer      `json:"layers"`
	Changes      []profile.Change     `json:"changes"`
	Digest       string               `json:"digest"`
}

// portable is a profile without the places of files on this machine.
func portable(p *profile.Profile) *identity {
	out := &identity{p.Organisation, p.Layers, slices.Clone(p.Changes), p.Digest}
	for i := range out.Changes {
		out.Changes[i].File = filepath.Base(out.Changes[i].File)
	}
	return out
}

// modules are the rules in the order of their names, and the assessment.
func modules(rules fs.FS) ([]opa.ModuleFile, error) {
	out := []opa.ModuleFile{{Path: "/" + assessmentFile, URL: "/" + assessmentFile, Raw: assessmentRego}}
	err := fs.WalkDir(rules, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".rego" || strings.HasSuffix(name, "_test.rego") {
			return err
		}
		raw, err := fs.ReadFile(rules, name)
		if err != nil {
			return err
		}
		at := "/" + rulesFolder + name
		out = append(out, opa.ModuleFile{Path: at, URL: at, Raw: raw})
		return nil
	})
	slices.SortFunc(out, func(a, b opa.ModuleFile) int { return strings.Compare(a.Path, b.Path) })
	return out, err
}

// The errors of bundles that are not to be trusted or not to be understood.
var (
	// ErrUnsigned says that a key was given and the bundle has no signature.
	ErrUnsigned = errors.New("the bundle is not signed")
	// ErrSignature says that the signature is not by the key, or not of the content.
	ErrSignature = errors.New("the signature of the bundle does not fit")
	// ErrDigest says that the content is not what the manifest says.
	ErrDigest = errors.New("the content of the bundle is not what its manifest says")
	// ErrForeign says that it is no bundle of this program.
	ErrForeign = errors.New("not a bundle of a data policy")
	// ErrTooLarge says that the bundle is larger than any policy is.
	ErrTooLarge = errors.New("the bundle is too large")
)

// Read reads a bundle. With a key it must be signed by it.
func Read(r io.Reader, key *PublicKey) (*Bundle, error) {
	archive, signed, err := check(r)
	if err != nil {
		return nil, err
	}
	reader := opa.NewReader(bytes.NewReader(archive)).WithCapabilities(engine.Capabilities()).WithSizeLimitBytes(maxContent)
	switch {
	case key == nil:
		reader = reader.WithSkipBundleVerification(true)
	case !signed:
		return nil, ErrUnsigned
	default:
		reader = reader.WithBundleVerificationConfig(key.config())
	}
	b, err := reader.Read()
	switch {
	case err != nil && key != nil && readable(archive):
		return nil, fmt.Errorf("%w: %w", ErrSignature, err)
	case err != nil:
		return nil, fmt.Errorf("%w: %w", ErrForeign, err)
	}
	return unpack(&b, signed, key != nil)
}

// unpack takes out of a bundle what this program needs, and makes sure that it is
// what the manifest says.
func unpack(b *opa.Bundle, signed, verified bool) (*Bundle, error) {
	out := &Bundle{Revision: b.Manifest.Revision, Signed: signed, Verified: verified}
	if err := convert(b.Manifest.Metadata["puntari"], &out.Manifest); err != nil || out.Manifest.Format != Format {
		return nil, ErrForeign
	}
	var err error
	if out.Catalogue, err = catalogue(b.Data["catalogue"]); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrForeign, err)
	}
	if out.Rules, err = rules(b.Modules); err != nil {
		return nil, err
	}
	if out.Compiled, err = engine.CompileFor(out.Catalogue, out.Rules); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrForeign, err)
	}
	e, err := engine.NewCompiled(out.Catalogue, out.Compiled, engine.Options{})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrForeign, err)
	}
	if digestOf(b.Modules, assessmentFile) != out.Manifest.Assessment {
		return nil, ErrDigest
	}
	version := out.Catalogue.Policy.Version
	if who := b.Data["profile"]; who != nil {
		var id identity
		if err := convert(who, &id); err != nil || id.Digest == "" || len(id.Organisation.Languages) == 0 {
			return nil, ErrForeign
		}
		out.Profile = &profile.Profile{Organisation: id.Organisation, Layers: id.Layers, Changes: id.Changes, Digest: id.Digest, Catalogue: out.Catalogue}
		version = id.Organisation.Version
	}
	if e.Digests() != out.Manifest.Digests || out.Manifest.Digests.Revision(version) != out.Revision {
		return nil, ErrDigest
	}
	// A stock policy engine reads these; they must say the same as the checklists.
	want, err := plain(engine.Data(out.Catalogue))
	if err != nil {
		return nil, err
	}
	for name, value := range want {
		if !same(value, b.Data[name]) {
			return nil, ErrDigest
		}
	}
	return out, nil
}

func same(a, b any) bool {
	x, err := json.Marshal(a)
	y, err2 := json.Marshal(b)
	return err == nil && err2 == nil && bytes.Equal(x, y)
}

func convert(from, to any) error {
	data, err := json.Marshal(from)
	if err != nil {
		return err
	}
	return json.Unmarshal(data, to)
}

// catalogue reads the checklists of a bundle.
func catalogue(v any) (*checklist.Catalogue, error) {
	data, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	c := &checklist.Catalogue{}
	if err := d.Decode(c); err != nil {
		return nil, err
	}
	if len(c.Risk.Items) == 0 || len(c.Opportunity.Items) == 0 {
		return nil, errors.New("no items")
	}
	return c, nil
}
