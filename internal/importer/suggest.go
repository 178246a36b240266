package importer

import (
	"slices"
	"strconv"

	"puntari/internal/checklist"
	"puntari/internal/descriptor"
	"puntari/internal/facts"
)

// columnNames finds the names of a lexicon, if there is one.
func columnNames(l *checklist.Lexicon) *facts.ColumnNames {
	if l == nil {
		l = &checklist.Lexicon{}
	}
	return facts.NewColumnNames(l)
}

// specialCategories are the special categories of personal data that entries of
// the lexicon point to.
var specialCategories = map[string]string{
	"health": "health", "offence": "criminal_offence", "sexual_life": "sex_life_orientation", "ethnic_origin_or_migration": "racial_ethnic",
}

// placeNames give the precision of a location by words of a column's name, in
// Finnish, Swedish and English, without accents.
var placeNames = map[string]string{
	"lat": "exact_point", "latitude": "exact_point", "lon": "exact_point", "lng": "exact_point", "longitude": "exact_point",
	"coordinates": "exact_point", "coordinate": "exact_point", "geom": "exact_point", "geometry": "exact_point", "wkt": "exact_point",
	"easting": "exact_point", "northing": "exact_point", "koordinaatit": "exact_point", "koordinaatti": "exact_point",
	"koordinater": "exact_point", "koordinat": "exact_point", "latitud": "exact_point", "longitud": "exact_point",
	"address": "address", "street": "address", "osoite": "address", "katuosoite": "address", "lahiosoite": "address", "adress": "address", //nolint:misspell // Swedish
	"gatuadress": "address", "gata": "address",
	"building": "building", "rakennus": "building", "byggnad": "building",
	"zip": "postal_code", "zipcode": "postal_code", "postcode": "postal_code", "postal": "postal_code", "postinumero": "postal_code",
	"postinro": "postal_code", "postnummer": "postal_code", "postnr": "postal_code",
	"district": "district", "neighborhood": "district", "neighbourhood": "district", "kaupunginosa": "district", "stadsdel": "district",
	"municipality": "municipality", "kunta": "municipality", "kuntakoodi": "municipality", "kommun": "municipality", "kommunkod": "municipality",
}

// freeTextNames are words of the names of columns in which people write.
var freeTextNames = map[string]bool{
	"comment": true, "comments": true, "remark": true, "remarks": true, "notes": true, "note": true, "feedback": true, "narrative": true,
	"kommentti": true, "kommentit": true, "huomautus": true, "huomautukset": true, "huomiot": true, "lisatiedot": true, "lisatieto": true,
	"palaute": true, "kuvaus": true, "vapaateksti": true, "selite": true,
	"kommentar": true, "kommentarer": true, "anmarkning": true, "anmarkningar": true, "tillaggsuppgifter": true, "respons": true,
	"beskrivning": true, "fritext": true,
}

// suggestColumns notes what the names and types of the columns suggest.
func (r *record) suggestColumns() {
	for i := range r.Dataset.Schema.Fields {
		c := &r.Dataset.Schema.Fields[i]
		if c.Name == nil {
			continue
		}
		at := "schema.fields[" + strconv.Itoa(i) + "]."
		from := origin{r.columnNames, *c.Name}
		words := facts.Words(*c.Name)
		if e := r.im.columns.Find(*c.Name); e != nil {
			n := len(r.Facts)
			r.suggest(at+"disclosureRole", e.Role, "column_name", from)
			r.suggest(at+"specialCategory", specialCategories[e.ID], "column_name", from)
			for i := n; i < len(r.Facts); i++ {
				r.Facts[i].Source.Entry = e.ID
			}
			r.suggest("personalData.sourceRelatesToPersons", "yes", "columns", from)
			if e.ID == "national_id" {
				r.suggest("personalData.nationalIdentifierPresent", "yes", "columns", from)
			}
		}
		r.suggestPlace(c, at, words, from)
		if slices.ContainsFunc(words, func(w string) bool { return freeTextNames[w] }) && (c.Type == nil || *c.Type == "string" || *c.Type == "any") {
			r.suggest(at+"contentKind", "free_text", "column_text", from)
		}
	}
}

func (r *record) suggestPlace(c *descriptor.Column, at string, words []string, from origin) {
	if c.Type != nil && (*c.Type == "geopoint" || *c.Type == "geojson") {
		r.suggest(at+"contentKind", "geometry", "column_type", from)
		if *c.Type == "geopoint" {
			r.suggest(at+"spatialUnit", "exact_point", "column_type", from)
		}
		return
	}
	for _, w := range words {
		if unit, ok := placeNames[w]; ok {
			r.suggest(at+"spatialUnit", unit, "column_place", from)
			return
		}
	}
}
