package engine

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/open-policy-agent/opa/v1/ast"
)

// Capabilities are the builtins that policies may use: all of the embedded
// version but those that could make two evaluations of the same input differ or
// reach out of the process (network, clock, environment, randomness, tracing).
func Capabilities() *ast.Capabilities {
	caps := ast.CapabilitiesForThisVersion()
	caps.AllowNet = []string{}
	caps.Builtins = slices.DeleteFunc(caps.Builtins, func(b *ast.Builtin) bool {
		return b.Nondeterministic || slices.Contains(forbidden, b.Name)
	})
	return caps
}

// forbidden builtins are deterministic by OPA's own marks but have no place in a
// policy: they print, or fetch remote schemas.
var forbidden = []string{"print", "trace", "internal.print", "json.match_schema", "json.verify_schema", "opa.runtime", "rego.parse_module"}

// parse reads the Rego modules of a folder, without its tests. Files are parsed
// side by side, since parsing is a third of the time it takes to start.
func parse(files fs.FS) (map[string]*ast.Module, string, error) {
	var names []string
	digest, caps := sha256.New(), Capabilities()
	sources := map[string][]byte{}
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".rego" || strings.HasSuffix(name, "_test.rego") {
			return err
		}
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		fmt.Fprintf(digest, "%s %d\n", name, len(data))
		digest.Write(data)
		names = append(names, name)
		sources[name] = data
		return nil
	})
	if err != nil {
		return nil, "", fmt.Errorf("policies: %w", err)
	}
	parsed, errs := make([]*ast.Module, len(names)), make([]error, len(names))
	var next atomic.Int32
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(names); i = int(next.Add(1)) - 1 {
				parsed[i], errs[i] = ast.ParseModuleWithOpts(names[i], string(sources[names[i]]), ast.ParserOptions{Capabilities: caps})
			}
		})
	}
	wg.Wait()
	modules := make(map[string]*ast.Module, len(names))
	for i, name := range names {
		if errs[i] != nil {
			return nil, "", fmt.Errorf("policies: %w", errs[i])
		}
		modules[name] = parsed[i]
	}
	return modules, "sha256:" + hex.EncodeToString(digest.Sum(nil)), nil
}

// Compiled are policies that are ready for an engine.
type Compiled struct {
	// Err is why the policies could not be compiled; the rest is empty then.
	Err error

	modules  map[string]*ast.Module
	compiler *ast.Compiler
	digest   string
}

// Compile reads and compiles the Rego modules of a folder.
func Compile(policies fs.FS) (*Compiled, error) {
	modules, digest, err := parse(policies)
	if err != nil {
		return nil, err
	}
	compiler, err := compile(modules)
	if err != nil {
		return nil, err
	}
	return &Compiled{modules: modules, compiler: compiler, digest: digest}, nil
}

// checked are the stages of the compiler that only find mistakes, or prepare for
// shapes of rules that the built-in policies do not have. They take a third of
// the time of compiling; the built-in policies pass them when they are tested.
var checked = []ast.StageID{
	ast.StageCheckUnusedImports, ast.StageCheckKeywordOverrides, ast.StageCheckDuplicateImports, ast.StageCheckVoidCalls,
	ast.StageCheckRuleConflicts, ast.StageCheckUndefinedFuncs, ast.StageCheckRecursion, ast.StageCheckTypes,
	ast.StageCheckUnsafeBuiltins, ast.StageCheckDeprecatedBuiltins, ast.StageRewritePrintCalls,
	ast.StageRewriteTestRulesForTracing, ast.StageBuildComprehensionIndices, ast.StageBuildRequiredCapabilities,
}

// CompileChecked compiles policies that have been tested with this version of
// the program, without looking for mistakes again.
func CompileChecked(policies fs.FS) (*Compiled, error) {
	modules, digest, err := parse(policies)
	if err != nil {
		return nil, err
	}
	c := ast.NewCompiler().WithCapabilities(Capabilities()).WithSkipStages(checked...)
	if c.Compile(modules); c.Failed() {
		return nil, fmt.Errorf("policies: %w", c.Errors)
	}
	return &Compiled{modules: modules, compiler: c, digest: digest}, nil
}

// compile compiles modules for evaluation.
func compile(modules map[string]*ast.Module) (*ast.Compiler, error) {
	c := ast.NewCompiler().WithCapabilities(Capabilities()).WithStrict(true)
	if c.Compile(modules); c.Failed() {
		return nil, fmt.Errorf("policies: %w", c.Errors)
	}
	return c, nil
}
