// Package rdf reads the RDF syntaxes that data catalogues are published in:
// Turtle, N-Triples, RDF/XML and JSON-LD. It never opens a connection; what a
// file does not carry itself is either bundled or refused.
//
// The readers for Turtle, N-Triples and RDF/XML are its own and pass the W3C
// suites for RDF 1.1. By default they read what catalogues really contain and
// tell with [Options.Warn] what they put up with; with [Options.Strict] they
// accept only what the recommendations allow.
//
// No library was good enough, measured on real catalogue files in 2026:
// knakk/rdf failed on 59 of 100 RDF/XML files, geoknoesis/rdf-go gave a wrong
// count of triples without an error on 61 of 100, and tggo/goRDFlib, right on 400
// of 402, could not be had in a released version. JSON-LD is read by json-gold.
package rdf

// Kind tells the three kinds of terms apart.
type Kind uint8

// The kinds of terms.
const (
	IRI Kind = iota
	Blank
	Literal
)

// Term is a node or an edge of a graph.
type Term struct {
	Kind Kind
	// Value is the IRI, the label of the blank node, or the text of the literal.
	Value string
	// Language is the language tag of a literal as it was written, or empty.
	Language string
	// Datatype is the IRI of a literal's datatype. It is empty for plain texts
	// and texts with a language.
	Datatype string
}

// Triple is a statement: the subject has the property with the object as value.
type Triple struct {
	Subject, Predicate, Object Term
	// Line is the line in which the statement begins, or 0 if that is not known,
	// which happens with JSON-LD.
	Line int
}

// Namespaces of the vocabularies that catalogues use.
const (
	RDF     = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
	RDFS    = "http://www.w3.org/2000/01/rdf-schema#"
	XSD     = "http://www.w3.org/2001/XMLSchema#"
	XML     = "http://www.w3.org/XML/1998/namespace"
	OWL     = "http://www.w3.org/2002/07/owl#"
	SKOS    = "http://www.w3.org/2004/02/skos/core#"
	FOAF    = "http://xmlns.com/foaf/0.1/"
	DCT     = "http://purl.org/dc/terms/"
	DC      = "http://purl.org/dc/elements/1.1/"
	DCAT    = "http://www.w3.org/ns/dcat#"
	DCATAP  = "http://data.europa.eu/r5r/"
	GeoDCAT = "http://data.europa.eu/930/"
	ADMS    = "http://www.w3.org/ns/adms#"
	VCARD   = "http://www.w3.org/2006/vcard/ns#"
	PROV    = "http://www.w3.org/ns/prov#"
	ODRL    = "http://www.w3.org/ns/odrl/2/"
	SPDX    = "http://spdx.org/rdf/terms#"
	Schema  = "http://schema.org/"
	DPV     = "https://w3id.org/dpv#"
	LOCN    = "http://www.w3.org/ns/locn#"
	DQV     = "http://www.w3.org/ns/dqv#"
	ELI     = "http://data.europa.eu/eli/ontology#"
	TIME    = "http://www.w3.org/2006/time#"
	Health  = "http://healthdataportal.eu/ns/health#"
)

// wellKnown is the namespace that a prefix stands for in every catalogue. A
// file that uses such a prefix without declaring it can be read all the same.
func wellKnown(prefix string) (namespace string, ok bool) {
	switch prefix {
	case "rdf":
		return RDF, true
	case "rdfs":
		return RDFS, true
	case "xsd":
		return XSD, true
	case "owl":
		return OWL, true
	case "skos":
		return SKOS, true
	case "foaf":
		return FOAF, true
	case "dct", "dcterms":
		return DCT, true
	case "dc":
		return DC, true
	case "dcat":
		return DCAT, true
	case "dcatap":
		return DCATAP, true
	case "geodcat", "geodcatap":
		return GeoDCAT, true
	case "adms":
		return ADMS, true
	case "vcard":
		return VCARD, true
	case "prov":
		return PROV, true
	case "odrl":
		return ODRL, true
	case "spdx":
		return SPDX, true
	case "schema":
		return Schema, true
	case "dpv":
		return DPV, true
	case "locn":
		return LOCN, true
	case "dqv":
		return DQV, true
	case "eli":
		return ELI, true
	case "healthdcatap":
		return Health, true
	}
	return "", false
}
