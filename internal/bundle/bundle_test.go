package bundle

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"puntari/internal/assessment"
	"puntari/internal/checklist"
	"puntari/internal/descriptor"
	"puntari/internal/engine"
	"puntari/internal/profile"
	"puntari/internal/sample/city"
	"puntari/policies"
)

func builtin(t testing.TB, change func(*checklist.Catalogue)) Policy {
	t.Helper()
	c, err := checklist.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(c)
	}
	return Policy{Catalogue: c, Rules: policies.Files, Tool: assessment.Tool{Name: "puntari", Version: "1.0.0"}}
}

func written(t testing.TB, p Policy, key *PrivateKey) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, p, key); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// tool is the policy engine's own program.
var tool = sync.OnceValues(func() (string, error) {
	out, err := exec.Command("go", "tool", "-n", "opa").Output()
	return strings.TrimSpace(string(out)), err
})

// stock runs the policy engine's own program.
func stock(t *testing.T, args ...string) []byte {
	t.Helper()
	name, err := tool()
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("opa %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return out
}

// result is what a stock policy engine says, in the names of an assessment.
type result struct {
	Outcome       string             `json:"outcome"`
	OutcomeBounds assessment.Bounds  `json:"outcomeBounds"`
	RiskLevel     string             `json:"riskLevel"`
	Priority      *string            `json:"priority"`
	BlockedBy     []string           `json:"blockedBy"`
	HardStops     []assessment.Stop  `json:"hardStops"`
	SignOff       assessment.SignOff `json:"signOff"`
	Items         map[string]item    `json:"items"`
	NotInForce    []string           `json:"notInForce"`
}

type item struct {
	Result string `json:"result"`
	Level  string `json:"level,omitempty"`
}

func resultOf(a *assessment.Assessment) result {
	r := result{
		Outcome: a.Outcome, OutcomeBounds: a.OutcomeBounds, RiskLevel: a.RiskLevel, Priority: a.Priority, BlockedBy: a.BlockedBy,
		HardStops: a.HardStops, SignOff: a.SignOff, Items: map[string]item{}, NotInForce: []string{},
	}
	for id, it := range a.Items {
		r.Items[id] = item{it.Result, it.Level}
	}
	for _, it := range a.NotInForce {
		r.NotInForce = append(r.NotInForce, it.Item)
	}
	return r
}

// examples are the worked examples.
func examples(t *testing.T, c *checklist.Catalogue) []*descriptor.Dataset {
	t.Helper()
	names, err := filepath.Glob("../../examples/*.yaml")
	if err != nil || len(names) < 10 {
		t.Fatal(names, err)
	}
	var out []*descriptor.Dataset
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		err = descriptor.NewReader(c).ReadAll(name, f, func(s *descriptor.Source, _ []descriptor.Problem) error {
			out = append(out, s.Dataset)
			return nil
		})
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// compare evaluates datasets by a bundle with the policy engine's own program and
// holds the results against this program's assessments.
func compare(t *testing.T, p Policy, all []*descriptor.Dataset, day string) {
	t.Helper()
	dir := t.TempDir()
	name := filepath.Join(dir, "bundle.tar.gz")
	if err := os.WriteFile(name, written(t, p, nil), 0o644); err != nil {
		t.Fatal(err)
	}
	e, err := engine.New(p.Catalogue, p.Rules, engine.Options{})
	if err != nil {
		t.Fatal(err)
	}
	// One run of the program for all: the inputs are data of their own there.
	inputs := map[string]any{}
	want := map[string]result{}
	for i, d := range all {
		on := day
		if on == "" {
			on = d.Day("2026-11-23")
		}
		key := fmt.Sprintf("d%03d", i)
		if inputs[key], err = e.Input(t.Context(), d, on); err != nil {
			t.Fatal(err)
		}
		a, err := e.Assess(t.Context(), d, on)
		if err != nil {
			t.Fatal(err)
		}
		want[key] = resultOf(a)
	}
	data, err := json.Marshal(map[string]any{"inputs": inputs})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "inputs.json"), data, 0o644); err != nil {
		t.Fatal(err)
	}
	query := "{key: result | some key, document in input.inputs; result := " + Entrypoint + " with input as document}"
	out := stock(t, "eval", "--bundle", name, "--input", filepath.Join(dir, "inputs.json"), "--format", "raw", query)
	var got map[string]result
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for key, w := range want {
		g, _ := json.Marshal(got[key])
		x, _ := json.Marshal(w)
		if !bytes.Equal(g, x) {
			n := 0
			for n < min(len(g), len(x)) && g[n] == x[n] {
				n++
			}
			around := func(s []byte) []byte { return s[max(0, n-60):min(len(s), n+120)] }
			t.Errorf("%s: the policy engine says ...%s, this program ...%s", key, around(g), around(x))
		}
	}
}

// TestStockEngineExamples proves that a stock policy engine comes to the same
// results by a bundle, on all worked examples.
func TestStockEngineExamples(t *testing.T) {
	p := builtin(t, nil)
	compare(t, p, examples(t, p.Catalogue), "")
}

// TestStockEngineCity does the same on invented datasets of a city.
func TestStockEngineCity(t *testing.T) {
	g := city.New(11)
	var all []*descriptor.Dataset
	for i := range 8 {
		all = append(all, g.Dataset(i))
	}
	compare(t, builtin(t, nil), all, "2026-03-01")
}

// TestStockEngineDates does the same by a policy of which a part is not in force.
func TestStockEngineDates(t *testing.T) {
	p := builtin(t, func(c *checklist.Catalogue) {
		c.Item("RISK-PER-02").ValidTo = "2026-02-28"
		c.Item("RISK-SAF-01").ValidFrom = "2026-03-02"
		c.Opportunity.Items[2].ValidFrom = "2026-03-02"
		k := c.Policy.Params["kMin"]
		k.Dated = []checklist.DatedValue{{Value: 40, Validity: checklist.Validity{ValidFrom: "2026-02-01", ValidTo: "2026-03-01"}}}
		c.Policy.Params["kMin"] = k
	})
	compare(t, p, examples(t, p.Catalogue), "2026-03-01")
}

// own is the policy of an organisation with an item and a rule of its own.
func own(t *testing.T) Policy {
	t.Helper()
	p, problems, err := profile.Load(fstest.MapFS{
		"organisation.yaml": {Data: []byte(`identifier: kivela
name: {en: City of Kivelä}
version: 2.1.0
languages: [en]
jurisdiction: [fi]
params:
  kMin: {value: 7, because: {en: Our own choice.}}
items:
  RISK-KIV-01:
    new: yes
    theme: OPS
    because: {en: Our own experience.}
    title: {en: Withdrawal}
    question: {en: "Is there a plan?"}
    why: {en: Mistakes must be taken down.}
    severity: 3
    wayOut: {en: Write it.}
    reasons: {fail: {en: There is none.}, pass: {en: There is one.}}
`)},
		"policies/withdrawal.rego": {Data: []byte("package org.kivela.risk\n\nimport input.is\n\nfail contains \"RISK-KIV-01\" if is.release.retractionPlan.no\n")},
	}, "somewhere/kivela")
	if err != nil || p == nil {
		t.Fatal(problems, err)
	}
	return policyOf(t, p)
}

// policyOf is the policy of a profile.
func policyOf(t *testing.T, p *profile.Profile) Policy {
	t.Helper()
	rules := fstest.MapFS{}
	for folder, files := range map[string]fs.FS{"": policies.Files, "org/": p.Policies} {
		err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := fs.ReadFile(files, name)
			rules[folder+name] = &fstest.MapFile{Data: data}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return Policy{Catalogue: p.Catalogue, Rules: rules, Profile: p, Tool: assessment.Tool{Name: "puntari", Version: "1.0.0"}}
}

// TestStockEngineOrganisation evaluates the examples by the policies of the example
// organisations, which have rules of their own.
func TestStockEngineOrganisation(t *testing.T) {
	folders, err := filepath.Glob("../../examples/organisations/*/organisation.yaml")
	if err != nil || len(folders) == 0 {
		t.Fatal(folders, err)
	}
	for _, f := range folders {
		folder := filepath.Dir(f)
		p, problems, err := profile.Load(os.DirFS(folder), folder)
		if err != nil || p == nil {
			t.Fatal(problems, err)
		}
		policy := policyOf(t, p)
		compare(t, policy, examples(t, policy.Catalogue), "2026-03-01")
	}
}

// TestOrganisation shows that a bundle says whose policy it is, and holds its rules
// to what an organisation's rules may do.
func TestOrganisation(t *testing.T) {
	p := own(t)
	archive := written(t, p, nil)
	b, err := Read(bytes.NewReader(archive), nil)
	if err != nil {
		t.Fatal(err)
	}
	if b.Profile == nil || b.Profile.Organisation.Identifier != "kivela" || b.Profile.Digest != p.Profile.Digest || len(b.Profile.Changes) != 2 {
		t.Errorf("%+v", b.Profile)
	}
	if !strings.HasPrefix(b.Revision, "2.1.0+") {
		t.Error(b.Revision)
	}
	if bytes.Contains(entries(t, archive)["/data.json"], []byte("somewhere")) {
		t.Error("the bundle names a folder of this machine")
	}
	files := entries(t, archive)
	files["/policies/org/withdrawal.rego"] = []byte("package org.kivela.risk\n\nfail contains \"RISK-KIV-01\" if {\n\tnot input.is.release.retractionPlan.yes\n}\n")
	if _, err := Read(bytes.NewReader(pack(t, files)), nil); !errors.Is(err, ErrForeign) {
		t.Errorf("a rule that an organisation may not write: %v", err)
	}
}

// TestOneQuery runs the command that the documentation shows.
func TestOneQuery(t *testing.T) {
	p := builtin(t, nil)
	dir := t.TempDir()
	e, err := engine.New(p.Catalogue, p.Rules, engine.Options{})
	if err != nil {
		t.Fatal(err)
	}
	d := examples(t, p.Catalogue)[0]
	in, err := e.Input(t.Context(), d, "2026-03-01")
	if err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	name, input := filepath.Join(dir, "b.tar.gz"), filepath.Join(dir, "i.json")
	if err := errors.Join(os.WriteFile(name, written(t, p, nil), 0o644), os.WriteFile(input, data, 0o644)); err != nil {
		t.Fatal(err)
	}
	out := stock(t, "eval", "--bundle", name, "--input", input, "--format", "raw", Entrypoint)
	a, err := e.Assess(t.Context(), d, "2026-03-01")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(out, []byte(`"outcome":"`+a.Outcome+`"`)) {
		t.Errorf("%s\nwant %s", out, a.Outcome)
	}
	inspect := stock(t, "inspect", name)
	if !bytes.Contains(inspect, []byte("1.0.0+")) {
		t.Errorf("%s", inspect)
	}
}

func TestSameBytes(t *testing.T) {
	a, b := written(t, builtin(t, nil), nil), written(t, builtin(t, nil), nil)
	if !bytes.Equal(a, b) {
		t.Error("the same policy gave other bytes")
	}
	private, _ := rsaKeys(t)
	a, b = written(t, builtin(t, nil), private), written(t, builtin(t, nil), private)
	if !bytes.Equal(a, b) {
		t.Error("the same policy gave other bytes with an RSA key")
	}
}

func TestRead(t *testing.T) {
	p := builtin(t, nil)
	e, err := engine.New(p.Catalogue, p.Rules, engine.Options{})
	if err != nil {
		t.Fatal(err)
	}
	b, err := Read(bytes.NewReader(written(t, p, nil)), nil)
	if err != nil {
		t.Fatal(err)
	}
	if b.Manifest.Digests != e.Digests() || b.Signed || b.Verified || b.Catalogue.Digest() != p.Catalogue.Digest() || b.Manifest.Tool != p.Tool {
		t.Errorf("%+v", b.Manifest)
	}
	again, err := engine.NewCompiled(b.Catalogue, b.Compiled, engine.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range examples(t, p.Catalogue) {
		x, err := e.Assess(t.Context(), d, "2026-03-01")
		if err != nil {
			t.Fatal(err)
		}
		y, err := again.Assess(t.Context(), d, "2026-03-01")
		if err != nil {
			t.Fatal(err)
		}
		one, _ := json.Marshal(x)
		two, _ := json.Marshal(y)
		if !bytes.Equal(one, two) {
			t.Errorf("%s: another assessment from the bundle", x.Dataset.Identifier)
		}
	}
}

func pemOf(t testing.TB, kind string, der []byte, err error) []byte {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der})
}

func rsaKeys(t testing.TB) (*PrivateKey, *PublicKey) {
	t.Helper()
	k, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(k)
	private, err2 := ParsePrivateKey(pemOf(t, "PRIVATE KEY", der, err))
	der, err = x509.MarshalPKIXPublicKey(&k.PublicKey)
	public, err3 := ParsePublicKey(pemOf(t, "PUBLIC KEY", der, err))
	if err := errors.Join(err2, err3); err != nil {
		t.Fatal(err)
	}
	return private, public
}

func ecKeys(t testing.TB) (*PrivateKey, *PublicKey) {
	t.Helper()
	k, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalECPrivateKey(k)
	private, err2 := ParsePrivateKey(pemOf(t, "EC PRIVATE KEY", der, err))
	der, err = x509.MarshalPKIXPublicKey(&k.PublicKey)
	public, err3 := ParsePublicKey(pemOf(t, "PUBLIC KEY", der, err))
	if err := errors.Join(err2, err3); err != nil {
		t.Fatal(err)
	}
	return private, public
}

func TestSignatures(t *testing.T) {
	private, public := rsaKeys(t)
	_, other := rsaKeys(t)
	ecPrivate, ecPublic := ecKeys(t)
	p := builtin(t, nil)
	signed, ec, unsigned := written(t, p, private), written(t, p, ecPrivate), written(t, p, nil)
	for name, x := range map[string]struct {
		data []byte
		key  *PublicKey
		want error
	}{
		"signed, key":                 {signed, public, nil},
		"signed on a curve, key":      {ec, ecPublic, nil},
		"signed, no key":              {signed, nil, nil},
		"signed, another key":         {signed, other, ErrSignature},
		"signed, key of another kind": {signed, ecPublic, ErrSignature},
		"not signed, key":             {unsigned, public, ErrUnsigned},
		"not signed, no key":          {unsigned, nil, nil},
	} {
		b, err := Read(bytes.NewReader(x.data), x.key)
		if !errors.Is(err, x.want) || x.want == nil && err != nil {
			t.Errorf("%s: %v, want %v", name, err, x.want)
		}
		if err == nil && b.Verified != (x.key != nil) {
			t.Errorf("%s: verified %v", name, b.Verified)
		}
	}
}

// TestStockEngineChecksSignatures shows that the policy engine's own program
// accepts and refuses as this one does.
func TestStockEngineChecksSignatures(t *testing.T) {
	dir := t.TempDir()
	k, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(k)
	private, err2 := ParsePrivateKey(pemOf(t, "PRIVATE KEY", der, err))
	if err2 != nil {
		t.Fatal(err2)
	}
	name, public := filepath.Join(dir, "signed.tar.gz"), filepath.Join(dir, "public.pem")
	der, err = x509.MarshalPKIXPublicKey(&k.PublicKey)
	files := entries(t, written(t, builtin(t, nil), private))
	if err := errors.Join(os.WriteFile(name, pack(t, files), 0o644), os.WriteFile(public, pemOf(t, "PUBLIC KEY", der, err), 0o644)); err != nil {
		t.Fatal(err)
	}
	stock(t, "build", "--bundle", name, "--verification-key", public, "-o", filepath.Join(dir, "out.tar.gz"))
	files["/policies/asked.rego"] = append(files["/policies/asked.rego"], '\n')
	if err := os.WriteFile(name, pack(t, files), 0o644); err != nil {
		t.Fatal(err)
	}
	program, err := tool()
	if err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(program, "build", "--bundle", name, "--verification-key", public, "-o", filepath.Join(dir, "out.tar.gz")).CombinedOutput(); err == nil {
		t.Errorf("a changed bundle was accepted: %s", out)
	}
}

// entries are the files of an archive.
func entries(t *testing.T, archive []byte) map[string][]byte {
	t.Helper()
	z, err := gzip.NewReader(bytes.NewReader(archive))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		if out[h.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
}

func pack(t *testing.T, files map[string][]byte, more ...*tar.Header) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	w := tar.NewWriter(z)
	write := func(h *tar.Header, data []byte) {
		h.Mode, h.Size = 0o600, int64(len(data))
		if err := w.WriteHeader(h); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(data); err != nil {
			t.Fatal(err)
		}
	}
	for name, data := range files {
		write(&tar.Header{Name: name, Typeflag: tar.TypeReg}, data)
	}
	for _, h := range more {
		write(h, nil)
	}
	if err := errors.Join(w.Close(), z.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestTampering changes each part of a signed bundle.
func TestTampering(t *testing.T) {
	private, public := rsaKeys(t)
	signed := written(t, builtin(t, nil), private)
	change := func(name, old, new string) func(map[string][]byte) {
		return func(files map[string][]byte) {
			after := bytes.Replace(files[name], []byte(old), []byte(new), 1)
			if bytes.Equal(after, files[name]) {
				t.Fatalf("%s does not hold %s", name, old)
			}
			files[name] = after
		}
	}
	for name, spoil := range map[string]func(map[string][]byte){
		"a rule":         change("/policies/risk/rights.rego", "is.rights.licence.closed", "is.rights.licence.open"),
		"a parameter":    change("/data.json", `"kMin":5`, `"kMin":1`),
		"a checklist":    change("/data.json", `"severity":5`, `"severity":2`),
		"the manifest":   change("/.manifest", `"revision":"1.0.0`, `"revision":"1.0.1`),
		"the assessment": change("/assessment.rego", `"na", "pass"`, `"pass", "na"`),
		"a rule less":    func(f map[string][]byte) { delete(f, "/policies/risk/rights.rego") },
		"a rule more":    func(f map[string][]byte) { f["/policies/risk/more.rego"] = []byte("package puntari.risk.more\n") },
		"another policy": func(f map[string][]byte) {
			for n, data := range entries(t, written(t, builtin(t, func(c *checklist.Catalogue) { c.Policy.Version = "2.0.0" }), nil)) {
				f[n] = data
			}
		},
	} {
		files := entries(t, signed)
		spoil(files)
		if _, err := Read(bytes.NewReader(pack(t, files)), public); !errors.Is(err, ErrSignature) {
			t.Errorf("%s, with the key: %v", name, err)
		}
		// Without a key the digests tell; whoever changes them too is only stopped
		// by a signature.
		if name == "another policy" {
			continue
		}
		if _, err := Read(bytes.NewReader(pack(t, files)), nil); !errors.Is(err, ErrDigest) && !errors.Is(err, ErrForeign) {
			t.Errorf("%s, without a key: %v", name, err)
		}
	}
}

func TestForeign(t *testing.T) {
	_, public := rsaKeys(t)
	whole := written(t, builtin(t, nil), nil)
	files := func() map[string][]byte { return entries(t, whole) }
	with := func(name string, data []byte) []byte {
		f := files()
		f[name] = data
		return pack(t, f)
	}
	big := bytes.Repeat([]byte("# a comment\n"), maxContent/10)
	for name, x := range map[string]struct {
		data []byte
		want error
	}{
		"nothing":             {nil, ErrForeign},
		"text":                {[]byte("hello"), ErrForeign},
		"half":                {whole[:1000], ErrForeign},
		"another file":        {with("/run.sh", []byte("x")), ErrForeign},
		"more data":           {with("/risk/data.json", []byte("{}")), ErrForeign},
		"a name that climbs":  {with("/policies/../../x.rego", []byte("package x")), ErrForeign},
		"a link":              {pack(t, files(), &tar.Header{Name: "/policies/x.rego", Typeflag: tar.TypeSymlink, Linkname: "/etc/passwd"}), ErrForeign},
		"a file twice":        {pack(t, files(), &tar.Header{Name: "policies/risk/rights.rego", Typeflag: tar.TypeReg}), ErrForeign},
		"an archive too deep": {with("/policies/big.rego", big), ErrTooLarge},
		"too large":           {make([]byte, maxPacked+1), ErrTooLarge},
		"another's bundle":    {pack(t, map[string][]byte{"/.manifest": []byte(`{"revision":"1"}`), "/data.json": []byte("{}")}), ErrForeign},
		"the network":         {with("/policies/net.rego", []byte("package puntari.net\n\nx := http.send({})\n")), ErrForeign},
	} {
		for _, key := range []*PublicKey{nil, public} {
			_, err := Read(bytes.NewReader(x.data), key)
			if !errors.Is(err, x.want) && (key == nil || !errors.Is(err, ErrUnsigned)) {
				t.Errorf("%s: %v, want %v", name, err, x.want)
			}
		}
	}
}

func TestKeys(t *testing.T) {
	for _, data := range []string{"", "hello", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"} {
		if _, err := ParsePrivateKey([]byte(data)); !errors.Is(err, ErrKey) {
			t.Errorf("%q: %v", data, err)
		}
		if _, err := ParsePublicKey([]byte(data)); !errors.Is(err, ErrKey) {
			t.Errorf("%q: %v", data, err)
		}
	}
}

// FuzzRead makes sure that no archive brings the reader down.
func FuzzRead(f *testing.F) {
	whole := written(f, builtin(f, nil), nil)
	f.Add(whole)
	f.Add(whole[:len(whole)/2])
	f.Add([]byte{0x1f, 0x8b})
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := Read(bytes.NewReader(data), nil)
		if err == nil && (b.Catalogue == nil || b.Compiled == nil) {
			t.Error("an empty bundle")
		}
	})
}
