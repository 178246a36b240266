package rdf

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

// Code names what is wrong with a file, so that a program can say it in the
// words and the language of its user.
type Code string

// What can be wrong with a file.
const (
	// In every syntax.
	CodeTooDeep     Code = "too_deep"     // nested deeper than Options.MaxDepth; Detail is the limit
	CodeTooMany     Code = "too_many"     // more triples than Options.MaxTriples; Detail is the limit
	CodeBadIRI      Code = "bad_iri"      // an IRI with a character that IRIs cannot have
	CodeRelativeIRI Code = "relative_iri" // an IRI that is not complete where it has to be
	CodeInvalidUTF8 Code = "invalid_utf8" // a byte sequence that is not UTF-8

	// Turtle and N-Triples.
	CodeExpected       Code = "expected"        // Detail is the character that is missing
	CodeExpectedTerm   Code = "expected_term"   // no IRI, name or literal where one is needed; Detail is what stands there
	CodeUnclosedIRI    Code = "unclosed_iri"    // "<" without ">"
	CodeUnclosedText   Code = "unclosed_text"   // a quotation mark without its counterpart
	CodeBadEscape      Code = "bad_escape"      // "\" before something that it cannot stand before
	CodeBadNumber      Code = "bad_number"      // something like 1e
	CodeBadLanguage    Code = "bad_language"    // "@" without a language tag
	CodeBadPrefix      Code = "bad_prefix"      // a prefix declaration without a prefix
	CodeUndeclared     Code = "undeclared"      // a prefix that was not declared; Detail is the prefix
	CodeTakenAsKnown   Code = "taken_as_known"  // a warning: an undeclared prefix was taken for a usual one
	CodeStrayDot       Code = "stray_dot"       // a warning: "." behind PREFIX or BASE
	CodeLiteralSubject Code = "literal_subject" // a text where a thing is described
	CodeBadBlank       Code = "bad_blank"       // "_" that does not begin a blank node label

	// RDF/XML.
	CodeXML          Code = "xml"           // not well-formed XML; Detail is what the XML reader says
	CodeNoRDF        Code = "no_rdf"        // XML without RDF in it
	CodeNotAllowed   Code = "not_allowed"   // an element or attribute of RDF at a wrong place; Detail is its name
	CodeBadName      Code = "bad_name"      // rdf:ID or rdf:nodeID that is no name
	CodeTwiceID      Code = "twice_id"      // an rdf:ID given twice
	CodeSeveralIDs   Code = "several_ids"   // rdf:about, rdf:ID and rdf:nodeID together
	CodeTwoValues    Code = "two_values"    // a property element with two values
	CodeText         Code = "text"          // text where an element is needed
	CodeNoNamespace  Code = "no_namespace"  // an element or attribute without a namespace
	CodeEntityLimits Code = "entity_limits" // entities that expand to too much

	// JSON-LD.
	CodeJSON          Code = "json"           // not well-formed JSON; Detail is the character that does not belong there
	CodeJSONEnd       Code = "json_end"       // JSON that breaks off
	CodeRemoteContext Code = "remote_context" // a context that would have to be fetched; Detail is its address
	CodeJSONLD        Code = "jsonld"         // JSON that is not JSON-LD; Detail is what the JSON-LD reader says
)

// Error is what is wrong with a file, and where. It is also used for warnings.
type Error struct {
	// Line and Column count from 1, in characters. They are 0 when the place is
	// not known, which happens with JSON-LD.
	Line, Column int
	Code         Code
	Detail       string
	// Excerpt is the source line, if it is at hand, and Caret the number of its
	// characters before the place.
	Excerpt string
	Caret   int
}

// Error is the place and the code in words.
func (e *Error) Error() string {
	s := strings.ReplaceAll(string(e.Code), "_", " ")
	if e.Detail != "" {
		s += ": " + e.Detail
	}
	if e.Line == 0 {
		return s
	}
	return fmt.Sprintf("%d:%d: %s", e.Line, e.Column, s)
}

// errorAt makes an error for the byte at offset in data.
func errorAt(data []byte, offset int, code Code, detail string) *Error {
	const widest = 120
	offset = max(0, min(offset, len(data)))
	e := &Error{Code: code, Detail: detail}
	before := data[:offset]
	e.Line = 1 + bytes.Count(before, []byte{'\n'})
	start := bytes.LastIndexByte(before, '\n') + 1
	e.Column = 1 + utf8.RuneCount(data[start:offset])
	end := len(data)
	if i := bytes.IndexByte(data[offset:], '\n'); i >= 0 {
		end = offset + i
	}
	if offset-start > widest/2 {
		start = runeStart(data, offset-widest/2)
	}
	if end-start > widest {
		end = runeStart(data, start+widest)
	}
	e.Excerpt = strings.ToValidUTF8(strings.TrimRight(string(data[start:end]), "\r"), "\ufffd")
	e.Caret = utf8.RuneCount(data[start:offset])
	return e
}

// runeStart moves i back to the start of the character it lies in.
func runeStart(data []byte, i int) int {
	for i > 0 && i < len(data) && !utf8.RuneStart(data[i]) {
		i--
	}
	return i
}
