//! Names of countries, for articles that apply to some of them only.

use super::Lang;

/// Code (ISO 3166-1 alpha-2, and `eu`), then its name in Portuguese, Spanish and English.
const COUNTRIES: [(&str, [&str; 3]); 52] = [
    ("ae", ["Emirados Árabes Unidos", "Emiratos Árabes Unidos", "United Arab Emirates"]),
    ("ao", ["Angola", "Angola", "Angola"]),
    ("ar", ["Argentina", "Argentina", "Argentina"]),
    ("at", ["Áustria", "Austria", "Austria"]),
    ("au", ["Austrália", "Australia", "Australia"]),
    ("be", ["Bélgica", "Bélgica", "Belgium"]),
    ("bo", ["Bolívia", "Bolivia", "Bolivia"]),
    ("br", ["Brasil", "Brasil", "Brazil"]),
    ("ca", ["Canadá", "Canadá", "Canada"]),
    ("ch", ["Suíça", "Suiza", "Switzerland"]),
    ("cl", ["Chile", "Chile", "Chile"]),
    ("co", ["Colômbia", "Colombia", "Colombia"]),
    ("cr", ["Costa Rica", "Costa Rica", "Costa Rica"]),
    ("cu", ["Cuba", "Cuba", "Cuba"]),
    ("cv", ["Cabo Verde", "Cabo Verde", "Cape Verde"]),
    ("de", ["Alemanha", "Alemania", "Germany"]),
    ("dk", ["Dinamarca", "Dinamarca", "Denmark"]),
    ("do", ["República Dominicana", "República Dominicana", "Dominican Republic"]),
    ("ec", ["Equador", "Ecuador", "Ecuador"]),
    ("es", ["Espanha", "España", "Spain"]),
    ("eu", ["União Europeia", "Unión Europea", "European Union"]),
    ("fi", ["Finlândia", "Finlandia", "Finland"]),
    ("fr", ["França", "Francia", "France"]),
    ("gb", ["Reino Unido", "Reino Unido", "United Kingdom"]),
    ("gr", ["Grécia", "Grecia", "Greece"]),
    ("gt", ["Guatemala", "Guatemala", "Guatemala"]),
    ("hn", ["Honduras", "Honduras", "Honduras"]),
    ("ie", ["Irlanda", "Irlanda", "Ireland"]),
    ("il", ["Israel", "Israel", "Israel"]),
    ("in", ["Índia", "India", "India"]),
    ("it", ["Itália", "Italia", "Italy"]),
    ("jp", ["Japão", "Japón", "Japan"]),
    ("mx", ["México", "México", "Mexico"]),
    ("mz", ["Moçambique", "Mozambique", "Mozambique"]),
    ("ni", ["Nicarágua", "Nicaragua", "Nicaragua"]),
    ("nl", ["Países Baixos", "Países Bajos", "Netherlands"]),
    ("no", ["Noruega", "Noruega", "Norway"]),
    ("nz", ["Nova Zelândia", "Nueva Zelanda", "New Zealand"]),
    ("pa", ["Panamá", "Panamá", "Panama"]),
    ("pe", ["Peru", "Perú", "Peru"]),
    ("pl", ["Polônia", "Polonia", "Poland"]),
    ("pr", ["Porto Rico", "Puerto Rico", "Puerto Rico"]),
    ("pt", ["Portugal", "Portugal", "Portugal"]),
    ("py", ["Paraguai", "Paraguay", "Paraguay"]),
    ("ro", ["Romênia", "Rumania", "Romania"]),
    ("se", ["Suécia", "Suecia", "Sweden"]),
    ("sv", ["El Salvador", "El Salvador", "El Salvador"]),
    ("tr", ["Turquia", "Turquía", "Turkey"]),
    ("us", ["Estados Unidos", "Estados Unidos", "United States"]),
    ("uy", ["Uruguai", "Uruguay", "Uruguay"]),
    ("ve", ["Venezuela", "Venezuela", "Venezuela"]),
    ("za", ["África do Sul", "Sudáfrica", "South Africa"]),
];

/// All codes, in order.
pub fn codes() -> impl Iterator<Item = &'static str> {
    COUNTRIES.iter().map(|(code, _)| *code)
}

pub fn is_known(code: &str) -> bool {
    codes().any(|known| known == code)
}

/// The names of these countries in a language, in the order of the codes given.
pub fn names(lang: Lang, given: &[String]) -> Vec<&'static str> {
    given.iter().filter_map(|code| COUNTRIES.iter().find(|(known, _)| known == code)).map(|(_, names)| names[lang as usize]).collect()
}
