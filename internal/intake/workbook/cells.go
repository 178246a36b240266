package workbook

import (
	"encoding/xml"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Spot is a cell of a sheet, counted from 1.
type Spot struct{ Column, Row int }

// Value is what a cell holds.
type Value struct {
	// Text is the text, or the number as it is written in the file.
	Text string
	// Number tells that it is a number, Truth that it is a truth value and Failed
	// that it is the mistake of a formula, such as #REF!.
	Number, Truth, Failed bool
	// Formula tells that the value was worked out by a formula.
	Formula bool
}

// Cells reads the cells of a sheet that wanted asks for. Cells that hold nothing
// are left out.
func (f *File) Cells(sheet string, wanted func(Spot) bool) (map[Spot]Value, error) {
	s := scanner{wanted: wanted, found: map[Spot]Value{}, shared: map[int][]Spot{}}
	if err := f.tokens(f.sheets[sheet], s.token); err != nil {
		return nil, err
	}
	if s.tooMany {
		return nil, ErrTooLarge
	}
	if len(s.shared) == 0 {
		return s.found, nil
	}
	return s.found, f.sharedTexts(&s)
}

// scanner goes through the elements of a sheet.
type scanner struct {
	wanted  func(Spot) bool
	found   map[Spot]Value
	shared  map[int][]Spot // by the number of their text among the shared ones
	at      Spot
	kind    string
	keep    bool
	inside  string // the element whose text is gathered: "v" or "t"
	silent  bool   // within a reading aid, whose text is no part of the value
	text    strings.Builder
	formula bool
	tooMany bool
}

func (s *scanner) token(t xml.Token) bool {
	switch t := t.(type) {
	case xml.StartElement:
		s.start(t)
	case xml.CharData:
		if s.keep && s.inside != "" && !s.silent {
			s.text.Write(t)
		}
	case xml.EndElement:
		switch t.Name.Local {
		case "v", "t":
			s.inside = ""
		case "rPh":
			s.silent = false
		case "c":
			s.cell()
		case "sheetData":
			return false
		}
	}
	return !s.tooMany
}

func (s *scanner) start(e xml.StartElement) {
	switch e.Name.Local {
	case "row":
		s.at = Spot{Row: s.at.Row + 1}
		if n, err := strconv.Atoi(attribute(e, "r")); err == nil && n > 0 && n <= lastRow {
			s.at.Row = n
		}
	case "c":
		s.at.Column++
		if column, row, ok := parseRef(attribute(e, "r")); ok {
			s.at = Spot{column, row}
		}
		s.kind, s.formula, s.inside, s.silent = attribute(e, "t"), false, "", false
		s.text.Reset()
		s.keep = s.wanted(s.at)
	case "f":
		s.formula = true
	case "rPh":
		s.silent = true
	case "v", "t":
		s.inside = e.Name.Local
	}
}

// cell keeps the cell that ends here.
func (s *scanner) cell() {
	text := s.text.String()
	if !s.keep || text == "" && !s.formula {
		return
	}
	if len(s.found) >= maxCells {
		s.tooMany = true
		return
	}
	v := Value{Text: text, Formula: s.formula}
	switch s.kind {
	case "s":
		n, err := strconv.Atoi(strings.TrimSpace(text))
		if err != nil || n < 0 {
			return
		}
		s.shared[n] = append(s.shared[n], s.at)
		v.Text = ""
	case "b":
		v.Truth = true
	case "e":
		v.Failed = true
	case "str", "inlineStr", "d":
		v.Text = unescape(text)
	default:
		v.Text = strings.TrimSpace(text)
		_, err := strconv.ParseFloat(v.Text, 64)
		v.Number = err == nil
	}
	s.found[s.at] = v
}

// sharedTexts fills in the texts that cells have in common.
func (f *File) sharedTexts(s *scanner) error {
	n, inside, silent, keep, left := -1, false, false, false, len(s.shared)
	var text strings.Builder
	size := 0
	err := f.tokens(f.sharedPart(), func(t xml.Token) bool {
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "si":
				n++
				_, keep = s.shared[n]
				text.Reset()
			case "t":
				inside = true
			case "rPh":
				silent = true
			}
		case xml.CharData:
			if keep && inside && !silent {
				text.Write(t)
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "t":
				inside = false
			case "rPh":
				silent = false
			case "si":
				if !keep {
					break
				}
				for _, at := range s.shared[n] {
					v := s.found[at]
					v.Text = unescape(text.String())
					s.found[at] = v
					size += len(v.Text)
				}
				left--
			}
		}
		return left > 0 && size <= maxTotal
	})
	if size > maxTotal {
		return ErrTooLarge
	}
	for _, spots := range s.shared {
		for _, at := range spots {
			if v := s.found[at]; v.Text == "" && !v.Formula {
				delete(s.found, at)
			}
		}
	}
	return err
}

// sharedPart is the part with the shared texts; every program calls it the same
// but for the case of its letters.
func (f *File) sharedPart() string {
	for _, name := range []string{"xl/sharedStrings.xml", "xl/SharedStrings.xml", "xl/sharedstrings.xml"} {
		if f.parts[name] != nil {
			return name
		}
	}
	return ""
}

var escapedCharacter = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// unescape turns _x000A_ into the character that it stands for.
func unescape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	return escapedCharacter.ReplaceAllStringFunc(s, func(m string) string {
		n, err := strconv.ParseUint(m[2:6], 16, 32)
		if err != nil || !utf8.ValidRune(rune(n)) {
			return m
		}
		return string(rune(n))
	})
}
