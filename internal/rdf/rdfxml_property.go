package rdf

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// property reads a property element of subject. members counts the rdf:li
// elements read so far.
func (r *xmlReader) property(t xml.StartElement, here scope, subject Term, members *int) {
	predicate := t.Name.Space + t.Name.Local
	switch {
	case t.Name.Space == "":
		r.tolerate(CodeNoNamespace, t.Name.Local)
	case isRDF(t.Name, "li"):
		*members++
		predicate = RDF + "_" + strconv.Itoa(*members)
	case t.Name.Space == RDF && !allowedProperty(t.Name.Local):
		r.fail(CodeNotAllowed, "rdf:"+t.Name.Local)
	}
	put := func(object Term) { r.out(subject, predicate, object) }
	if name := attribute(t, RDF, "ID"); name != nil {
		statement := r.id(here, *name)
		put = func(object Term) {
			r.out(subject, predicate, object)
			r.reify(statement, subject, predicate, object)
		}
	}
	if v := attribute(t, RDF, "bagID"); v != nil && r.err == nil {
		r.fail(CodeNotAllowed, "rdf:bagID")
	}
	switch parseType := attribute(t, RDF, "parseType"); {
	case parseType == nil:
		r.value(t, here, put)
	case r.syntaxAttribute(t, "resource") != nil || r.options.Strict && attribute(t, RDF, "nodeID") != nil:
		r.fail(CodeNotAllowed, "rdf:parseType")
	case *parseType == "Resource":
		r.anonymous(here, put)
	case *parseType == "Collection":
		r.collection(here, put)
	default:
		put(Term{Kind: Literal, Value: r.xmlLiteral(), Datatype: RDF + "XMLLiteral"})
	}
}

// reify describes a statement that has a name.
func (r *xmlReader) reify(statement, subject Term, predicate string, object Term) {
	r.out(statement, RDF+"type", Term{Kind: IRI, Value: RDF + "Statement"})
	r.out(statement, RDF+"subject", subject)
	r.out(statement, RDF+"predicate", Term{Kind: IRI, Value: predicate})
	r.out(statement, RDF+"object", object)
}

// anonymous reads a blank node written with rdf:parseType="Resource".
func (r *xmlReader) anonymous(here scope, put func(Term)) {
	if r.depth++; r.depth > r.options.MaxDepth {
		r.fail(CodeTooDeep, strconv.Itoa(r.options.MaxDepth))
		return
	}
	defer func() { r.depth-- }()
	b := r.newBlank()
	put(b)
	r.properties(here, b)
}

// collection reads a list written with rdf:parseType="Collection".
func (r *xmlReader) collection(here scope, put func(Term)) {
	end := Term{Kind: IRI, Value: RDF + "nil"}
	var last Term
	empty := true
	for token := r.next(); token != nil; token = r.next() {
		switch t := token.(type) {
		case xml.StartElement:
			member, link := r.node(t, here.within(t)), r.newBlank()
			if empty {
				put(link)
			} else {
				r.out(last, RDF+"rest", link)
			}
			r.out(link, RDF+"first", member)
			last, empty = link, false
		case xml.EndElement:
			if empty {
				put(end)
			} else {
				r.out(last, RDF+"rest", end)
			}
			return
		}
	}
}

// value reads a property element whose value is a text, a node in it or a node
// that its attributes name.
func (r *xmlReader) value(t xml.StartElement, here scope, put func(Term)) {
	resource, nodeID, datatype := r.syntaxAttribute(t, "resource"), attribute(t, RDF, "nodeID"), attribute(t, RDF, "datatype")
	if resource != nil && nodeID != nil {
		r.fail(CodeSeveralIDs, "")
		return
	}
	var text strings.Builder
	var node *Term
	for token := r.next(); token != nil; token = r.next() {
		switch e := token.(type) {
		case xml.CharData:
			text.Write(e)
		case xml.StartElement:
			if node != nil || resource != nil || nodeID != nil {
				r.fail(CodeTwoValues, t.Name.Local)
				return
			}
			if s := strings.TrimSpace(text.String()); s != "" {
				r.tolerate(CodeText, t.Name.Local)
			}
			object := r.node(e, here.within(e))
			node = &object
		case xml.EndElement:
			blank := strings.TrimSpace(text.String()) == ""
			switch {
			case node != nil:
				put(*node)
			case resource != nil:
				object := r.iri(here, *resource)
				put(object)
				r.propertyAttributes(t, here, object)
			case nodeID != nil:
				object := r.nodeID(*nodeID)
				put(object)
				r.propertyAttributes(t, here, object)
			case blank && datatype == nil && hasPropertyAttributes(t):
				object := r.newBlank()
				put(object)
				r.propertyAttributes(t, here, object)
			case datatype != nil:
				put(Term{Kind: Literal, Value: text.String(), Datatype: Resolve(here.base, strings.TrimSpace(*datatype))})
			default:
				put(Term{Kind: Literal, Value: text.String(), Language: here.language})
			}
			return
		}
	}
}
