package lint

import (
	"encoding/json"
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"
)

// modules parses the Rego files of a tree, its tests among them.
func modules(t *testing.T, files fs.FS) map[string]*ast.Module {
	t.Helper()
	out := map[string]*ast.Module{}
	err := fs.WalkDir(files, ".", func(name string, _ fs.DirEntry, err error) error {
		if err != nil || path.Ext(name) != ".rego" {
			return err
		}
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		out[name], err = ast.ParseModuleWithOpts(name, string(data), ast.ParserOptions{ProcessAnnotation: true})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// checked compiles policies against the schemas of their inputs.
func checked(t *testing.T, files fs.FS) ast.Errors {
	t.Helper()
	schemas := ast.NewSchemaSet()
	for _, name := range []string{"facts", "tally"} {
		data, err := os.ReadFile("../../policies/schemas/" + name + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var schema any
		if err := json.Unmarshal(data, &schema); err != nil {
			t.Fatal(err)
		}
		schemas.Put(ast.MustParseRef("schema."+name), schema)
	}
	c := ast.NewCompiler().WithStrict(true).WithSchemas(schemas).WithUseTypeCheckAnnotations(true)
	c.Compile(modules(t, files))
	return c.Errors
}

func TestSchemas(t *testing.T) {
	if errs := checked(t, newTree(t).files); len(errs) > 0 {
		t.Fatal(errs)
	}
	for name, m := range map[string]struct{ file, old, new, says string }{
		"a field":           {rights, "is.rights.rightsHolder.third_party", "is.rights.rightHolder.third_party", `"rightHolder"`},
		"a value":           {rights, "is.rights.rightsHolder.third_party", "is.rights.rightsHolder.third_prty", `"third_prty"`},
		"a group":           {"conditions.rego", "is.security.assetClasses.asset", "is.security.assetClasses.assets", `"assets"`},
		"a view":            {rights, "import input.isnt", "import input.isnot", `"isnot"`},
		"a column's value":  {"risk/location.rego", "column.is.spatialUnit.small_area", "column.is.spatialUnit.smal_area", `"smal_area"`},
		"an end of a range": {"risk/anonymisation.rego", "minDenominator.lowest", "minDenominator.lowst", `"lowst"`},
		"a level":           {"decision/risk_level.rego", "input.levels.low", "input.levels.lowish", `"lowish"`},
		"an item":           {"decision/outcome.rego", `failing["RISK-SAF-04"]`, `failing["RISK-SAF-40"]`, `"RISK-SAF-40"`},
	} {
		t.Run(name, func(t *testing.T) {
			p := newTree(t)
			p.replace(m.file, m.old, m.new)
			if name == "a view" {
				p.files[m.file].Data = []byte(strings.ReplaceAll(string(p.files[m.file].Data), "isnt.", "isnot."))
			}
			errs := checked(t, p.files)
			if len(errs) == 0 || !strings.Contains(errs.Error(), m.says) {
				t.Errorf("want an error about %s, got: %v", m.says, errs)
			}
		})
	}
}
