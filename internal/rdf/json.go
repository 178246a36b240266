package rdf

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode"
	"unicode/utf8"
)

// JSONTooDeep tells whether a JSON text is nested deeper than limit, and where.
// It is asked before the text is decoded, because decoders work recursively.
func JSONTooDeep(data []byte, limit int) (offset int, deep bool) {
	depth := 0
	for i := 0; i < len(data); i++ {
		switch data[i] {
		case '{', '[':
			if depth++; depth > limit {
				return i, true
			}
		case '}', ']':
			depth--
		case '"':
			for i++; i < len(data) && data[i] != '"'; i++ {
				if data[i] == '\\' {
					i++
				}
			}
		}
	}
	return 0, false
}

// JSONError says what encoding/json found wrong with data, and where.
func JSONError(data []byte, err error) *Error {
	syntax, ok := errors.AsType[*json.SyntaxError](err)
	switch {
	case ok && int(syntax.Offset) <= len(data) && syntax.Error() != "unexpected end of JSON input":
		// The offset counts the byte that was not understood.
		at := max(int(syntax.Offset)-1, 0)
		switch found, _ := utf8.DecodeRune(data[at:]); {
		case found == '\n' || found == '\r': // JSON has none within quotes
			return errorAt(data, at, CodeUnclosedText, "")
		case unicode.IsControl(found):
			return errorAt(data, at, CodeJSON, fmt.Sprintf("%U", found))
		default:
			return errorAt(data, at, CodeJSON, string(found))
		}
	case ok || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF):
		return errorAt(data, len(bytes.TrimRight(data, " \t\r\n")), CodeJSONEnd, "")
	}
	return &Error{Code: CodeJSON, Detail: err.Error()}
}
