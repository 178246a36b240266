package rdf

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/piprate/json-gold/ld"
)

// dcatAPContext is what stands for the contexts that DCAT-AP publishes.
//
//go:embed contexts/dcat-ap.jsonld
var dcatAPContext []byte

// ReadJSONLD reads a JSON-LD document, all its graphs as one. A context that is
// neither in the document nor bundled is refused with [CodeRemoteContext]; it is
// never fetched. The triples come in the order of their subjects' names.
func ReadJSONLD(data []byte, o Options, emit Emit) error {
	o = o.withDefaults()
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if at, deep := JSONTooDeep(data, o.MaxDepth); deep {
		return errorAt(data, at, CodeTooDeep, strconv.Itoa(o.MaxDepth))
	}
	var document any
	if err := json.Unmarshal(data, &document); err != nil {
		return JSONError(data, err)
	}
	dataset, err := expand(document, o.Base)
	if err != nil {
		return err
	}
	triples := 0
	for _, name := range slices.Sorted(maps.Keys(dataset.Graphs)) {
		for _, q := range dataset.Graphs[name] {
			t, ok := tripleOf(q)
			if !ok {
				continue
			}
			if triples++; triples > o.MaxTriples {
				return &Error{Code: CodeTooMany, Detail: strconv.Itoa(o.MaxTriples)}
			}
			if err := emit(t); err != nil {
				return err
			}
		}
	}
	return nil
}

// expand makes the RDF of a document. The library is told to read contexts from
// the bundle only, and a panic in it becomes an error, because a document that
// a stranger wrote must not be able to end the program.
func expand(document any, base string) (dataset *ld.RDFDataset, err error) {
	defer func() {
		if p := recover(); p != nil {
			dataset, err = nil, &Error{Code: CodeJSONLD, Detail: fmt.Sprint(p)}
		}
	}()
	loader := &bundle{}
	options := ld.NewJsonLdOptions(base)
	options.DocumentLoader = loader
	options.Ordered = true
	result, err := ld.NewJsonLdProcessor().ToRDF(document, options)
	switch {
	case loader.refused != "":
		return nil, &Error{Code: CodeRemoteContext, Detail: loader.refused}
	case err != nil:
		detail := err.Error()
		if e, ok := errors.AsType[*ld.JsonLdError](err); ok {
			detail = string(e.Code)
		}
		return nil, &Error{Code: CodeJSONLD, Detail: detail}
	}
	dataset, ok := result.(*ld.RDFDataset)
	if !ok {
		return nil, &Error{Code: CodeJSONLD, Detail: "no data"}
	}
	return dataset, nil
}

// bundle is a document loader that never leaves the process.
type bundle struct {
	refused string // the first address that is not bundled
}

var errRefused = errors.New("not bundled")

// LoadDocument gives the bundled context for an address.
func (b *bundle) LoadDocument(address string) (*ld.RemoteDocument, error) {
	data := bundledContext(address)
	if data == nil {
		if b.refused == "" {
			b.refused = address
		}
		return nil, errRefused
	}
	var document any
	if err := json.Unmarshal(data, &document); err != nil {
		return nil, err
	}
	return &ld.RemoteDocument{DocumentURL: address, Document: document}, nil
}

// bundledContext is the context that stands for the one at an address, or nil.
func bundledContext(address string) []byte {
	bare := strings.TrimPrefix(strings.TrimPrefix(address, "https://"), "http://")
	host, path, _ := strings.Cut(bare, "/")
	switch {
	case host == "schema.org":
		return []byte(`{"@context": {"@vocab": "http://schema.org/"}}`)
	case strings.Contains(strings.ToLower(path), "dcat-ap") && (host == "semiceu.github.io" || host == "data.europa.eu" || host == "raw.githubusercontent.com"):
		return dcatAPContext
	}
	return nil
}

func tripleOf(q *ld.Quad) (t Triple, ok bool) {
	s, okS := termOf(q.Subject)
	p, okP := termOf(q.Predicate)
	o, okO := termOf(q.Object)
	return Triple{Subject: s, Predicate: p, Object: o}, okS && okP && okO
}

func termOf(n ld.Node) (t Term, ok bool) {
	switch n := n.(type) {
	case ld.IRI:
		return Term{Kind: IRI, Value: n.Value}, true
	case ld.BlankNode:
		return Term{Kind: Blank, Value: strings.TrimPrefix(n.Attribute, "_:")}, true
	case ld.Literal:
		t = Term{Kind: Literal, Value: n.Value, Language: n.Language, Datatype: n.Datatype}
		if t.Datatype == XSD+"string" || t.Datatype == RDF+"langString" {
			t.Datatype = ""
		}
		return t, true
	}
	return Term{}, false
}
