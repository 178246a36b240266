package xlsx

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// schemas is where the ECMA-376 transitional schemas may be.
const schemas = "../../../../shared/corpus/ooxml-xsd"

// schemaOf is the schema of a part, "" when there is none to check it with.
func schemaOf(name string) string {
	switch {
	case name == "[Content_Types].xml":
		return "opc-xsd/opc-contentTypes.xsd"
	case strings.HasSuffix(name, ".rels"):
		return "opc-xsd/opc-relationships.xsd"
	case strings.HasPrefix(name, "xl/worksheets/"), name == "xl/workbook.xml", name == "xl/styles.xml":
		return "sml.xsd"
	case strings.HasPrefix(name, "xl/drawings/"):
		return "dml-spreadsheetDrawing.xsd"
	case strings.HasPrefix(name, "xl/charts/"):
		return "dml-chart.xsd"
	case name == "docProps/app.xml":
		return "shared-documentPropertiesExtended.xsd"
	case name == "docProps/custom.xml":
		return "shared-documentPropertiesCustom.xsd"
	case strings.HasPrefix(name, "customXml/itemProps"):
		return "shared-customXmlDataProperties.xsd"
	}
	return ""
}

// Every part is valid after ECMA-376. docProps/core.xml imports schemas from the
// web and is left out.
func TestSchemas(t *testing.T) {
	xmllint, err := exec.LookPath("xmllint")
	if err != nil {
		t.Skip("xmllint is not installed")
	}
	if _, err := os.Stat(schemas); err != nil {
		t.Skip("the schemas are not there")
	}
	checked := 0
	for _, name := range []string{"museum-survey", "street-lights"} {
		for part, data := range parts(t, render(t, fixture(t, name), "sv")) {
			schema := schemaOf(part)
			if schema == "" {
				continue
			}
			checked++
			// The schema does not know xml:space, which Excel writes too.
			data = bytes.ReplaceAll(data, []byte(` xml:space="preserve"`), nil)
			file := filepath.Join(t.TempDir(), "part.xml")
			if err := os.WriteFile(file, data, 0o644); err != nil {
				t.Fatal(err)
			}
			if msg, err := exec.Command(xmllint, "--noout", "--nonet", "--schema", filepath.Join(schemas, schema), file).CombinedOutput(); err != nil {
				t.Errorf("%s %s: %.600s", name, part, msg)
			}
		}
	}
	t.Logf("%d parts checked", checked)
}
