package importer

import (
	"bytes"
	"compress/gzip"
	"io"
	"path"
	"regexp"
	"strings"
)

// Format is a format that datasets are described in. "import.format." and the
// format is a key of the messages.
type Format string

// The formats that are recognised.
const (
	Unknown      Format = ""
	Turtle       Format = "turtle"       // DCAT-AP in Turtle
	NTriples     Format = "ntriples"     // DCAT-AP in N-Triples
	RDFXML       Format = "rdfxml"       // DCAT-AP in RDF/XML
	JSONLD       Format = "jsonld"       // DCAT-AP in JSON-LD
	CKAN         Format = "ckan"         // answers and dumps of CKAN
	Frictionless Format = "frictionless" // Data Package, Data Resource or Table Schema
	DataJSON     Format = "datajson"     // data.json of project-open-data and its kin
	Socrata      Format = "socrata"      // records of the Socrata Discovery API
	SchemaOrg    Format = "schemaorg"    // schema.org Dataset and Croissant
	CSVW         Format = "csvw"         // CSV on the Web metadata
	JKAN         Format = "jkan"         // pages of JKAN with front matter
	// Descriptor is Puntari's own format, which the package descriptor reads.
	Descriptor Format = "descriptor"
	// Page is a web page, which is not read.
	Page Format = "page"
)

// Detect recognises a format by the beginning of a file; 64 kB are enough. The
// name counts only where the content fits several formats.
func Detect(head []byte, name string) Format {
	if isGzip(head) {
		head = unzippedHead(head)
		name = strings.TrimSuffix(name, ".gz")
	}
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	if len(head) == 0 {
		return Unknown
	}
	switch head[0] {
	case '{', '[':
		if head[0] == '[' && !looksLikeArray(head) {
			return Turtle // a blank node
		}
		return detectJSON(head)
	case '<':
		return detectAngle(head, name)
	case '@':
		return Turtle
	}
	return detectText(head, name)
}

func isGzip(head []byte) bool { return bytes.HasPrefix(head, []byte{0x1f, 0x8b}) }

// unzippedHead unpacks the beginning of a compressed file as far as it goes.
func unzippedHead(head []byte) []byte {
	z, err := gzip.NewReader(bytes.NewReader(head))
	if err != nil {
		return nil
	}
	// The head is cut off, so the error at its end says nothing.
	out, _ := io.ReadAll(io.LimitReader(z, headSize))
	return out
}

// looksLikeArray tells a JSON array from a Turtle blank node.
func looksLikeArray(head []byte) bool {
	rest := bytes.TrimLeft(head[1:], " \t\r\n")
	if after, ok := bytes.CutPrefix(rest, []byte("]")); ok {
		return len(bytes.TrimSpace(after)) == 0
	}
	return len(rest) == 0 || bytes.IndexByte([]byte("{[\"-0123456789tfn"), rest[0]) >= 0
}

var (
	rdfElement  = regexp.MustCompile(`<(\w+:)?RDF[\s>]|xmlns(:\w+)?\s*=\s*["']http://www\.w3\.org/(1999/02/22-rdf-syntax-ns#|ns/dcat#)`)
	htmlElement = regexp.MustCompile(`(?i)^<(!doctype\s+html|html|head|body|div|script|p)[\s>]`)
	iriStart    = regexp.MustCompile(`^<[A-Za-z][A-Za-z0-9+.-]*:[^<>"\s]*>|^<[#/]?[^<>"\s=]*>\s+(a|<|[A-Za-z]+:)`)
	turtleLine  = regexp.MustCompile(`(?mi)^\s*(@?prefix\s+[\w.-]*:\s*<|@?base\s+<)`)
	tripleLine  = regexp.MustCompile(`(?m)^\s*(<[^<>]*>|_:\S+|[\w.-]+:\S*)\s+(a|<[^<>]*>|[\w.-]+:\S+)\s`)
	notNTriples = regexp.MustCompile(`(?m)^\s*(@|PREFIX|BASE)|[;,\[(]\s*$|^\s*[A-Za-z][\w.-]*:\S*\s|^\s*:\S*\s`)
	yamlKey     = regexp.MustCompile(`(?m)^["']?([\w$@.-]+)["']?[ \t]*:(?:[ \t]|\r?$)`)
)

// detectAngle tells XML, web pages and the syntaxes of RDF apart.
func detectAngle(head []byte, name string) Format {
	switch {
	case iriStart.Match(head) && !rdfElement.Match(head):
		if strings.EqualFold(path.Ext(name), ".ttl") || notNTriples.Match(head) {
			return Turtle
		}
		return NTriples
	case htmlElement.Match(head) && !rdfElement.Match(head):
		return Page
	case rdfElement.Match(head):
		return RDFXML
	}
	switch strings.ToLower(path.Ext(name)) {
	case ".rdf", ".xml", ".owl":
		return RDFXML // a reader says better what is wrong
	case ".ttl", ".nt":
		return Turtle
	}
	return Unknown
}

// detectText recognises Turtle with comments before it and YAML.
func detectText(head []byte, name string) Format {
	if turtleLine.Match(head) {
		return Turtle
	}
	if keys := yamlKeys(head); len(keys) > 0 {
		switch {
		case keys["descriptorVersion"]:
			return Descriptor
		case keys["resources"] && bytes.HasPrefix(head, []byte("---")) && !keys["$frictionless"] && !keys["profile"]:
			return JKAN
		case keys["resources"] && (keys["organization"] || keys["maintainer"] || keys["category"]) && keys["title"]:
			return JKAN
		case keys["resources"], keys["fields"] && !keys["title"], keys["path"] && keys["schema"], keys["$frictionless"]:
			return Frictionless
		case bytes.HasPrefix(head, []byte("---")) && keys["title"] && (keys["organization"] || keys["license"] || keys["notes"]):
			return JKAN
		}
	}
	switch strings.ToLower(path.Ext(name)) {
	case ".ttl":
		return Turtle
	case ".nt":
		return NTriples
	}
	if tripleLine.Match(head) && !yamlKey.Match(head) {
		return Turtle
	}
	return Unknown
}

// yamlKeys are the names at the outermost level of the first YAML document.
func yamlKeys(head []byte) map[string]bool {
	if rest, ok := bytes.CutPrefix(head, []byte("---")); ok {
		if i := bytes.Index(rest, []byte("\n---")); i >= 0 {
			rest = rest[:i+1]
		}
		head = rest
	}
	keys := map[string]bool{}
	for _, m := range yamlKey.FindAllSubmatch(head, -1) {
		keys[string(m[1])] = true
	}
	return keys
}

// detectJSON recognises a JSON format by the names at the outermost level, or
// by those of the first element of a list.
func detectJSON(head []byte) Format {
	o := scanObject(head)
	has := func(names ...string) bool {
		for _, n := range names {
			if _, ok := o[n]; !ok {
				return false
			}
		}
		return true
	}
	either := func(names ...string) bool {
		for _, n := range names {
			if has(n) {
				return true
			}
		}
		return false
	}
	context, kind, conforms := o["@context"], o["@type"], o["conformsTo"]
	switch {
	case has("descriptorVersion"), strings.HasPrefix(o["dataset"], "{") && !either("publisher", "conformsTo", "themeTaxonomy", "superThemeTaxonomy", "@context"):
		return Descriptor
	case has("result") && either("help", "success"):
		return CKAN
	case has("resource") && either("classification", "permalink", "metadata"), has("results", "resultSetSize"),
		has("columns") && either("viewType", "displayType", "assetType"):
		return Socrata
	case strings.Contains(context, "ns/csvw") || either("tableSchema", "tables") || has("columns", "@context"):
		return CSVW
	case strings.Contains(conforms, "croissant") || strings.Contains(context, "schema.org") || strings.Contains(context, "croissant") ||
		strings.HasPrefix(kind, "sc:") || strings.HasPrefix(kind, "schema:"):
		return SchemaOrg
	case strings.Contains(conforms, "project-open-data") || strings.Contains(context, "project-open-data") ||
		either("themeTaxonomy", "superThemeTaxonomy") || has("dataset") && !strings.Contains(context, "dcat#") && !either("@graph", "@id", "dcat:dataset"), has("accessLevel", "title"):
		return DataJSON
	case has("@context"), has("@graph"), has("@id"), has("@type"):
		return JSONLD
	case either("owner_org", "license_id", "metadata_created", "metadata_modified", "num_resources", "notes", "notes_translated", "title_translated"):
		return CKAN
	case either("resources", "profile", "$schema", "$frictionless") && !has("title", "organization", "notes"):
		return Frictionless
	case has("fields"), has("path") && either("name", "schema", "format"), has("data", "name"):
		return Frictionless
	}
	for name := range o {
		if strings.HasPrefix(name, "http://") || strings.HasPrefix(name, "https://") {
			return JSONLD // expanded JSON-LD
		}
	}
	return Unknown
}

// scanObject gives the names at the outermost level of an object, or of the
// first object of a list, with the beginning of what stands there. The text may
// be cut off.
func scanObject(head []byte) map[string]string {
	const widest = 2000
	v := valueAt(head, 0)
	for isList(head, v) {
		inner := valueAt(head[:v.to], v.from+1)
		if inner.from <= v.from || inner.to <= inner.from {
			break
		}
		v = inner
	}
	found := map[string]string{}
	if !isObject(head, v) {
		return found
	}
	for name, m := range members(head, v) {
		found[name] = strings.Trim(string(head[m.from:min(m.to, m.from+widest)]), `"`)
	}
	return found
}
