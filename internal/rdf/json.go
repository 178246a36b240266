package rdf

import (
	"encoding/json"
	"errors"
	"io"
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

// JSONError gives the error of encoding/json for data its place.
func JSONError(data []byte, err error) *Error {
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		// The offset counts the byte that was not understood.
		return errorAt(data, int(syntax.Offset)-1, CodeJSON, syntax.Error())
	}
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return errorAt(data, len(data), CodeJSON, io.ErrUnexpectedEOF.Error())
	}
	return &Error{Code: CodeJSON, Detail: err.Error()}
}
