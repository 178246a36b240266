package importer

import (
	"puntari/internal/descriptor"
	"puntari/internal/rdf"
)

// Codes of problems. "problem." and the code is a key of the messages.
const (
	codeUnknownFormat = "import.unknown_format" // nothing that is known here
	codeNoDataset     = "import.no_dataset"     // a known format without a dataset in it
	codeOther         = "import.other"          // the same, with what is in it instead
	codePage          = "import.page"           // a web page
	codeDescriptor    = "import.descriptor"     // a descriptor, which needs no import
	codeTooLarge      = "import.too_large"      // larger than a limit
	codeNotObject     = "import.not_object"     // a record that is no object
	codeYAML          = "import.yaml"           // not well-formed YAML
	codeTwice         = "import.twice"          // a name given twice in an object
	codeUnfinished    = "import.unfinished"     // a compressed file that breaks off
	codeNoTitle       = "import.no_title"       // a dataset without a title
	codeNoIdentifier  = "import.no_identifier"  // a dataset without an identifier
	codeLicence       = "import.licence"        // a licence that is not recognised
	codeLicences      = "import.licences"       // several licences
	codeValue         = "import.value"          // a value that cannot be taken over
	codeColumns       = "import.columns"        // more columns than are taken over
	codePrivate       = "import.private"        // a record that the portal does not show
)

// problem makes a problem of the source. The rest are pairs of a parameter and
// its value.
func (im *importer) problem(code string, severity descriptor.Severity, at position, params ...string) descriptor.Problem {
	if at.line == 0 {
		at = position{1, 1} // the file as a whole
	}
	p := descriptor.Problem{File: im.file, Line: at.line, Column: at.column, Code: code, Severity: severity}
	for i := 0; i+1 < len(params); i += 2 {
		if p.Params == nil {
			p.Params = map[string]string{}
		}
		p.Params[params[i]] = shorten(params[i+1])
	}
	return p
}

// syntaxProblem is what a reader says of a file. Its codes are those of the rdf
// package behind "import.syntax.".
func syntaxProblem(file string, e *rdf.Error, severity descriptor.Severity) descriptor.Problem {
	return descriptor.Problem{
		File: file, Line: max(e.Line, 1), Column: max(e.Column, 1), Excerpt: e.Excerpt, Caret: e.Caret,
		Code: "import.syntax." + string(e.Code), Params: map[string]string{"detail": shorten(e.Detail)}, Severity: severity,
	}
}

// shorten cuts a text to what a message can show.
func shorten(s string) string {
	const widest = 200
	n := 0
	for i := range s {
		if n++; n > widest {
			return s[:i] + "…"
		}
	}
	return s
}
