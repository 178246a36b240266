// Package tables invents the files of a city, with what is true of each
// column: what a detector of identifiers is tried on. The city of Lugnvik
// (Suvantola) does not exist. No person, company, number or address in the
// files is real: personal identity codes have the individual numbers 900-999,
// which the population register gives to nobody, business ids and bank codes
// are outside the ranges in use, and names are combined at random.
//
// The files were written without looking at the detectors, from what the
// exports of municipal systems look like. They are a test, so they must not be
// changed to make a detector pass. New ones may be added.
package tables

import (
	"hash/fnv"
	"math/rand/v2"
)

// Kind is what a cell really holds, whatever it looks like.
type Kind string

// The kinds.
const (
	Hetu         Kind = "hetu" // a Finnish personal identity code with the right control character
	BusinessID   Kind = "business_id"
	Email        Kind = "email"
	Phone        Kind = "phone"
	IBAN         Kind = "iban"
	Name         Kind = "name" // of a person: a given name, a family name or both
	Address      Kind = "address"
	Plate        Kind = "plate"
	IP           Kind = "ip"
	MAC          Kind = "mac"
	Coordinate   Kind = "coordinate"
	BirthDate    Kind = "birth_date"
	PostalCode   Kind = "postal_code"
	Hash         Kind = "hash"  // a digest in hexadecimal digits
	Token        Kind = "token" // a random key: a UUID, a session, a pseudonym
	FreeText     Kind = "free_text"
	Age          Kind = "age"
	Municipality Kind = "municipality" // the code or the name
	Time         Kind = "time"         // a date or time other than of a birth
)

// Kinds lists the kinds, the identifiers first.
var Kinds = []Kind{Hetu, BusinessID, Email, Phone, IBAN, Name, Address, Plate, IP, MAC, Coordinate, BirthDate, PostalCode, Hash, Token, FreeText,
	Age, Municipality, Time}

// Table is one file and what is true of it.
type Table struct {
	File     string // its name, with the ending that it would have
	Data     []byte `json:"-"`
	Encoding string // utf-8, utf-8-bom, utf-16le, utf-16be, windows-1252, cp850, or empty for a file that names its own
	Comma    rune   // between the cells; 0 when it is no delimited text
	Header   bool   // whether there are names of columns
	Rows     int    // of data: without titles, names, blank lines, totals and notes
	Columns  []Column
	About    string // why it is here
}

// Column is what is true of one column.
type Column struct {
	Name  string // empty when there is no header
	Cells int    // not blank
	Holds map[Kind]int
	// Debatable kinds are held to be neither right nor wrong when found: a name
	// of a company that is the name of its owner, a digest that is also a key.
	Debatable []Kind
	// Person says that the name of the column is the name of a person.
	Person bool
	// Values are the cells that hold something and what longer texts tell of
	// people, without repetition.
	Values []string `json:"-"`
}

// New returns the files of the city. The same seed gives the same ones.
func New(seed uint64) ([]Table, error) { return made(seed, all()) }

// Second returns the files of another city, in forms that the first does not
// have. They were written after the detectors had been mended on those of the
// first, and before the detectors of what is new in them.
func Second(seed uint64) ([]Table, error) { return made(seed, second()) }

func made(seed uint64, sheets []*sheet) ([]Table, error) {
	var out []Table
	for _, s := range sheets {
		h := fnv.New64a()
		_, _ = h.Write([]byte(s.file))
		t, err := s.make(rand.New(rand.NewPCG(seed, h.Sum64())))
		if err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	return out, nil
}
