package rdf

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
)

// ReadRDFXML reads the RDF of an XML document: of every rdf:RDF element in it,
// also when it is wrapped in something else, as in the answer of a CSW service.
// The error is an [*Error] with the place, or what emit returned.
func ReadRDFXML(data []byte, o Options, emit Emit) error {
	data, err := decodeXML(data)
	if err != nil {
		return err
	}
	r := &xmlReader{
		data: data, decoder: xml.NewDecoder(bytes.NewReader(data)), options: o.withDefaults(), emit: emit,
		ids: map[string]bool{},
	}
	// The bytes are UTF-8 by now, whatever the declaration says.
	r.decoder.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	r.document()
	return r.err
}

// xmlReader reads a document. The first failure is kept in err; after it next
// gives no more tokens, so that every loop comes to its end.
type xmlReader struct {
	data     []byte
	decoder  *xml.Decoder
	options  Options
	emit     Emit
	at       int             // where the token at hand begins
	ids      map[string]bool // the IRIs made by rdf:ID
	blanks   int
	depth    int
	triples  int
	warnings int
	err      error
}

// scope is what xml:base and xml:lang say for an element.
type scope struct{ base, language string }

func (r *xmlReader) fail(code Code, detail string) {
	if r.err == nil {
		r.err = errorAt(r.data, r.at, code, detail)
	}
}

func (r *xmlReader) warn(code Code, detail string) {
	if r.warnings++; r.options.Warn != nil && r.err == nil && r.warnings <= mostWarnings {
		r.options.Warn(errorAt(r.data, r.at, code, detail))
	}
}

// tolerate is an error when reading strictly and else a warning.
func (r *xmlReader) tolerate(code Code, detail string) {
	if r.options.Strict {
		r.fail(code, detail)
	} else {
		r.warn(code, detail)
	}
}

// next is the next token, or nil at the end of the document and after a failure.
func (r *xmlReader) next() xml.Token {
	if r.err != nil {
		return nil
	}
	r.at = int(r.decoder.InputOffset())
	t, err := r.decoder.Token()
	switch {
	case err == nil:
		return t
	case errors.Is(err, io.EOF):
		return nil
	}
	detail := err.Error()
	if syntax, ok := errors.AsType[*xml.SyntaxError](err); ok {
		detail = syntax.Msg
		r.at = int(r.decoder.InputOffset())
	}
	r.fail(CodeXML, detail)
	return nil
}

func (r *xmlReader) out(s Term, predicate string, o Term) {
	if r.err != nil {
		return
	}
	if r.triples++; r.triples > r.options.MaxTriples {
		r.fail(CodeTooMany, strconv.Itoa(r.options.MaxTriples))
		return
	}
	line, _ := r.decoder.InputPos()
	r.err = r.emit(Triple{s, Term{Kind: IRI, Value: predicate}, o, line})
}

func (r *xmlReader) newBlank() Term {
	r.blanks++
	return Term{Kind: Blank, Value: "b" + strconv.Itoa(r.blanks)}
}

// document finds the RDF in the document.
func (r *xmlReader) document() {
	here := scope{base: r.options.Base}
	var outer []scope
	found := false
	for token := r.next(); token != nil; token = r.next() {
		switch t := token.(type) {
		case xml.Directive:
			r.entities(t)
		case xml.StartElement:
			inner := here.within(t)
			switch {
			case isRDF(t.Name, "RDF"):
				found = true
				r.rootAttributes(t)
				r.nodes(inner)
			case len(outer) == 0 && (r.options.Strict || t.Name.Space == DCAT || attribute(t, RDF, "about") != nil):
				// A document of one node needs no rdf:RDF around it.
				found = true
				r.node(t, inner)
			default:
				outer = append(outer, here)
				here = inner
			}
		case xml.EndElement:
			if n := len(outer); n > 0 {
				here, outer = outer[n-1], outer[:n-1]
			}
		}
	}
	if !found {
		r.at = 0
		r.fail(CodeNoRDF, "")
	}
}

func (s scope) within(t xml.StartElement) scope {
	for _, a := range t.Attr {
		if !isXML(a.Name.Space) {
			continue
		}
		switch a.Name.Local {
		case "base":
			s.base, _, _ = strings.Cut(Resolve(s.base, a.Value), "#")
		case "lang":
			s.language = a.Value
		}
	}
	return s
}

func isXML(space string) bool { return space == XML || space == "xml" }

func isRDF(n xml.Name, local string) bool { return n.Space == RDF && n.Local == local }

// attribute is the value of an attribute, or nil.
func attribute(t xml.StartElement, space, local string) *string {
	for i, a := range t.Attr {
		if a.Name.Space == space && a.Name.Local == local {
			return &t.Attr[i].Value
		}
	}
	return nil
}

// syntaxAttribute is the value of an attribute of RDF's own, or nil. Old files
// write some of them without the namespace.
func (r *xmlReader) syntaxAttribute(t xml.StartElement, local string) *string {
	if v := attribute(t, RDF, local); v != nil || r.options.Strict {
		return v
	}
	switch local {
	case "about", "ID", "resource":
		return attribute(t, "", local)
	}
	return nil
}

func (r *xmlReader) rootAttributes(t xml.StartElement) {
	for _, a := range t.Attr {
		if a.Name.Space == RDF {
			r.fail(CodeNotAllowed, "rdf:"+a.Name.Local)
		}
	}
}

// nodes reads the nodes in an rdf:RDF element.
func (r *xmlReader) nodes(here scope) {
	for token := r.next(); token != nil; token = r.next() {
		switch t := token.(type) {
		case xml.StartElement:
			r.node(t, here.within(t))
		case xml.EndElement:
			return
		case xml.CharData:
			r.ignoreText(t)
		}
	}
}

func (r *xmlReader) ignoreText(t xml.CharData) {
	if text := bytes.TrimSpace(t); len(text) > 0 {
		const widest = 40
		r.tolerate(CodeText, strings.ToValidUTF8(string(text[:runeStart(text, min(len(text), widest))]), "\ufffd"))
	}
}

// node reads an element that stands for a node and returns it.
func (r *xmlReader) node(t xml.StartElement, here scope) Term {
	if r.depth++; r.depth > r.options.MaxDepth {
		r.fail(CodeTooDeep, strconv.Itoa(r.options.MaxDepth))
		return Term{}
	}
	defer func() { r.depth-- }()
	if t.Name.Space == RDF && !allowedNode(t.Name.Local) {
		r.fail(CodeNotAllowed, "rdf:"+t.Name.Local)
	}
	if t.Name.Space == "" {
		r.tolerate(CodeNoNamespace, t.Name.Local)
	}
	subject := r.subject(t, here)
	if !isRDF(t.Name, "Description") {
		r.out(subject, RDF+"type", Term{Kind: IRI, Value: t.Name.Space + t.Name.Local})
	}
	r.propertyAttributes(t, here, subject)
	r.properties(here, subject)
	return subject
}

// properties reads property elements to the end of the element around them.
func (r *xmlReader) properties(here scope, subject Term) {
	members := 0
	for token := r.next(); token != nil; token = r.next() {
		switch t := token.(type) {
		case xml.StartElement:
			r.property(t, here.within(t), subject, &members)
		case xml.EndElement:
			return
		case xml.CharData:
			r.ignoreText(t)
		}
	}
}

// subject is the node that an element names, or a new blank node.
func (r *xmlReader) subject(t xml.StartElement, here scope) Term {
	subject, named := Term{}, 0
	if v := r.syntaxAttribute(t, "about"); v != nil {
		subject = r.iri(here, *v)
		named++
	}
	if v := r.syntaxAttribute(t, "ID"); v != nil {
		subject = r.id(here, *v)
		named++
	}
	if v := attribute(t, RDF, "nodeID"); v != nil {
		subject = r.nodeID(*v)
		named++
	}
	switch {
	case named > 1:
		r.fail(CodeSeveralIDs, "")
	case named == 0:
		return r.newBlank()
	}
	return subject
}

func (r *xmlReader) iri(here scope, reference string) Term {
	v := Resolve(here.base, strings.TrimSpace(reference))
	if !isIRI(v) {
		r.warn(CodeBadIRI, v)
	}
	return Term{Kind: IRI, Value: v}
}

func (r *xmlReader) id(here scope, name string) Term {
	if !isNCName(name) {
		r.fail(CodeBadName, name)
	}
	t := Term{Kind: IRI, Value: Resolve(here.base, "#"+name)}
	if r.ids[t.Value] {
		r.tolerate(CodeTwiceID, name)
	}
	r.ids[t.Value] = true
	return t
}

func (r *xmlReader) nodeID(name string) Term {
	if !isNCName(name) {
		r.fail(CodeBadName, name)
	}
	return Term{Kind: Blank, Value: "n" + name} // apart from those of newBlank
}

// propertyAttributes reads the attributes of an element that are properties of
// subject.
func (r *xmlReader) propertyAttributes(t xml.StartElement, here scope, subject Term) {
	for _, a := range t.Attr {
		switch {
		case isDeclaration(a.Name) || isXML(a.Name.Space):
		case a.Name.Space == "":
			// Names that begin with xml are reserved and mean nothing here.
			if r.options.Strict && !strings.HasPrefix(strings.ToLower(a.Name.Local), "xml") {
				r.fail(CodeNoNamespace, a.Name.Local)
			}
		case isRDF(a.Name, "type"):
			r.out(subject, RDF+"type", r.iri(here, a.Value))
		case a.Name.Space == RDF && isSyntaxAttribute(a.Name.Local):
		case a.Name.Space == RDF && !allowedAttribute(a.Name.Local):
			r.fail(CodeNotAllowed, "rdf:"+a.Name.Local)
		default:
			r.out(subject, a.Name.Space+a.Name.Local, Term{Kind: Literal, Value: a.Value, Language: here.language})
		}
	}
}

// hasPropertyAttributes tells whether an element has attributes that make an
// empty property element a node.
func hasPropertyAttributes(t xml.StartElement) bool {
	for _, a := range t.Attr {
		if a.Name.Space != "" && !isDeclaration(a.Name) && !isXML(a.Name.Space) && (a.Name.Space != RDF || !isSyntaxAttribute(a.Name.Local)) {
			return true
		}
	}
	return false
}

// isDeclaration tells whether an attribute declares a namespace.
func isDeclaration(n xml.Name) bool {
	return n.Space == "xmlns" || n.Space == "" && n.Local == "xmlns"
}

func isSyntaxAttribute(local string) bool {
	switch local {
	case "about", "ID", "nodeID", "resource", "datatype", "parseType":
		return true
	}
	return false
}

// allowedAttribute tells whether an attribute of the namespace of RDF can be a
// property; those of drafts long gone cannot.
func allowedAttribute(local string) bool {
	switch local {
	case "aboutEach", "aboutEachPrefix", "bagID", "li", "RDF", "Description":
		return false
	}
	return true
}

func allowedNode(local string) bool {
	return local == "Description" || local != "RDF" && local != "li" && !isSyntaxAttribute(local) && allowedAttribute(local)
}

func allowedProperty(local string) bool {
	return local == "li" || !isSyntaxAttribute(local) && allowedAttribute(local)
}
